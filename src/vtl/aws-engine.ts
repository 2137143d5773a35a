import { AwsContext, createAwsContext } from './aws/context-object.ts'
import { InputObject } from './aws/input-object.ts'
import { RequestParameters } from './aws/request-parameters.ts'
import { UtilObject } from './aws/util-object.ts'
import { compileProgram, type Program } from './compile/program.ts'
import { fromPlain } from './java/from-plain.ts'
import { PlainMap } from './java/plain-map.ts'
import type { Value } from './java/value.ts'
import { JsonDocuments } from './json/json-documents.ts'
import type { Template, TemplateEngine, TemplateLimits, TemplateScope } from './template.ts'

/** Bounds as API Gateway has them where it has any; the output's is its payload limit of 10 MB. */
export const defaultTemplateLimits: TemplateLimits = {
  foreach: 1000,
  output: 10 * 1024 * 1024,
  depth: 200,
  milliseconds: 5000,
}

/** How the engine is made; everything has a default. */
export interface AwsEngineOptions {
  readonly limits?: Partial<TemplateLimits>
  /** Real, monotonic milliseconds, as `Clock.elapsed` gives them. */
  readonly elapsed?: () => number
}

/** More templates than any project has; beyond that the oldest is compiled again. */
const mostPrograms = 1000

/** The engine that renders what API Gateway renders: Velocity 1.7 and its four rules. */
export function createAwsEngine(options: AwsEngineOptions = {}): TemplateEngine {
  const elapsed = options.elapsed ?? monotonic
  const programs = new Map<string, Program>()
  const documents = new JsonDocuments()
  return {
    name: 'aws',
    compile(source, { name = 'template', limits = {} } = {}) {
      const bounds = { ...defaultTemplateLimits, ...options.limits, ...limits }
      const key = `${bounds.depth} ${source}`
      let program = programs.get(key)
      if (program === undefined) {
        program = compileProgram(source, name, bounds.depth)
        if (programs.size >= mostPrograms) programs.delete(programs.keys().next().value ?? '')
        programs.set(key, program)
      }
      return new AwsTemplate(name, program, { bounds, elapsed, documents })
    },
    createContext: createAwsContext,
  }
}

function monotonic(): number {
  return Number(process.hrtime.bigint() / 1_000_000n)
}

/** What an engine gives its templates. */
interface Surroundings {
  readonly bounds: TemplateLimits
  readonly elapsed: () => number
  readonly documents: JsonDocuments
}

/** One compiled template of the `aws` engine. */
export class AwsTemplate implements Template {
  readonly name: string
  readonly #program: Program
  readonly #surroundings: Surroundings

  constructor(name: string, program: Program, surroundings: Surroundings) {
    this.name = name
    this.#program = program
    this.#surroundings = surroundings
  }

  get source(): string {
    return this.#program.source
  }

  render(scope: TemplateScope): string {
    const { documents } = this.#surroundings
    return this.renderVariables(name => variable(scope, name, documents), scope.trace)
  }

  /** Renders with variables that are Java's values already. */
  renderVariables(lookup: (name: string) => Value, trace?: TemplateScope['trace']): string {
    const { bounds, elapsed } = this.#surroundings
    return this.#program.render(this.name, lookup, { limits: bounds, elapsed, trace })
  }
}

function variable(scope: TemplateScope, name: string, documents: JsonDocuments): Value {
  const given = scope.vars
  if (given !== undefined && Object.hasOwn(given, name)) return fromPlain(given[name] ?? null)
  switch (name) {
    case 'input':
      return new InputObject(scope.input.body, new RequestParameters(scope.input.params), documents)
    case 'util':
      return new UtilObject(documents)
    case 'context':
      if (!(scope.context instanceof AwsContext))
        throw new TypeError('The context was made by another engine than the template')
      return scope.context.map
    case 'stageVariables':
      return new PlainMap(scope.stageVariables)
    default:
      return null
  }
}
