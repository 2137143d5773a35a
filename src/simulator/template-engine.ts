import type { Config } from '../config/index.ts'
import { createAwsEngine, createVelocityjsEngine, type TemplateEngine } from '../vtl/index.ts'

/** The engine that the configuration chooses, with its limits. */
export async function templateEngine({ templates }: Pick<Config, 'templates'>): Promise<TemplateEngine> {
  if (templates.engine === 'velocityjs') return createVelocityjsEngine()
  const limits = Object.fromEntries(
    Object.entries(templates.limits).filter(([, value]) => value !== undefined),
  )
  return createAwsEngine({ limits })
}
