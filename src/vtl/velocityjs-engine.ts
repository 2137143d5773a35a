import type { Template, TemplateEngine, TemplateScope } from './template.ts'
import { TemplateError } from './template-error.ts'
import { UtilFunctions, VelocityjsContext, VelocityjsInput } from './velocityjs-values.ts'

type Velocityjs = typeof import('velocityjs')

/**
 * The library velocityjs behind the same interface, for teams whose templates were written against tools that use it
 * (`templates.engine: 'velocityjs'`). It is loaded only when asked for, and differs from AWS in many ways.
 */
export async function createVelocityjsEngine(): Promise<TemplateEngine> {
  const velocityjs = await import('velocityjs')
  return {
    name: 'velocityjs',
    compile: (source, { name = 'template' } = {}) => compile(velocityjs, source, name),
    createContext: values => new VelocityjsContext(values),
  }
}

function compile(velocityjs: Velocityjs, source: string, name: string): Template {
  const nodes = attempt('template-syntax', name, source, () => velocityjs.parse(source))
  return {
    name,
    source,
    render: scope =>
      attempt('template-render', name, source, () =>
        new velocityjs.Compile(nodes, { escape: false }).render(variablesOf(scope)),
      ),
  }
}

function variablesOf({ input, context, stageVariables, vars }: TemplateScope): Record<string, unknown> {
  if (!(context instanceof VelocityjsContext))
    throw new TypeError('The context was made by another engine than the template')
  return {
    input: new VelocityjsInput(input),
    util: new UtilFunctions(),
    context: context.values,
    stageVariables: { ...stageVariables },
    ...structuredClone(vars ?? {}),
  }
}

function attempt<Result>(code: string, template: string, source: string, run: () => Result): Result {
  try {
    return run()
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    const line = lineOf(cause)
    throw new TemplateError(code, message, { template, source, line, column: 1 }, { cause })
  }
}

/** Where velocityjs's parser says that it stopped. */
function lineOf(cause: unknown): number {
  if (typeof cause !== 'object' || cause === null || !('hash' in cause)) return 1
  const { hash } = cause
  if (typeof hash !== 'object' || hash === null || !('line' in hash) || typeof hash.line !== 'number')
    return 1
  return hash.line + 1
}
