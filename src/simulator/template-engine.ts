import type { Config } from '../config/index.ts'
import { createAwsEngine, type TemplateEngine } from '../vtl/index.ts'

/** The engine that the configuration chooses, with its limits. */
export function templateEngine({ templates }: Pick<Config, 'templates'>): TemplateEngine {
  const limits = Object.fromEntries(
    Object.entries(templates.limits).filter(([, value]) => value !== undefined),
  )
  return createAwsEngine({ limits })
}
