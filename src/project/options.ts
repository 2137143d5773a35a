import type { Logger } from '../ports/index.ts'
import type { TemplateEngine } from '../vtl/index.ts'
import type { Stage } from './snapshot.ts'

/** What the configuration says about one function; all of it optional. */
export interface FunctionOptions {
  /** `file.export`, relative to the function's folder, to `handlers/` or to the project. */
  readonly handler?: string | undefined
  readonly runtime?: string | undefined
  /** Seconds. */
  readonly timeout?: number | undefined
  /** MB. */
  readonly memorySize?: number | undefined
  readonly environment?: Readonly<Record<string, string>> | undefined
  /** A role's ARN, or its name in the project's account. */
  readonly role?: string | undefined
  readonly layers?: readonly string[] | undefined
  readonly description?: string | undefined
}

/** How `basePath` and `servers` are read, in the words of ImportRestApi's parameter; AWS's default is `ignore`. */
export type BasePathMode = 'ignore' | 'prepend' | 'split'

/** What the configuration says about one stage; all of it optional. */
export interface StageOptions {
  readonly variables?: Readonly<Record<string, string>> | undefined
  readonly canary?: Stage['canary'] | undefined
  readonly throttle?: Stage['throttle'] | undefined
}

/** Everything that the control plane needs to know besides the files themselves. */
export interface ProjectOptions {
  /** The project's folder. */
  readonly directory: string
  readonly engine: TemplateEngine
  /** By name; the stages that exist. */
  readonly stages: Readonly<Record<string, StageOptions>>
  /** By function name. */
  readonly functions?: Readonly<Record<string, FunctionOptions>> | undefined
  /** What holds for every function that does not say otherwise. */
  readonly lambdaDefaults?: Omit<FunctionOptions, 'handler' | 'description'> | undefined
  readonly account: string
  readonly region: string
  /**
   * Texts put in place of `%NAME%` in Swagger files before they are read, as deployment scripts do with sed;
   * also the values of CloudFormation parameters (`Ref`, `${Name}` in `Fn::Sub`).
   */
  readonly placeholders?: Readonly<Record<string, string>> | undefined
  /** Milliseconds before an integration is given up where its Swagger does not say; AWS: 29,000. */
  readonly integrationTimeout?: number | undefined
  /** Answers preflight requests and adds CORS headers although no method does it. */
  readonly cors?: boolean | undefined
  readonly basePath?: BasePathMode | undefined
  /** Where bundles of TypeScript handlers are written. */
  readonly buildDirectory: string
  /** Further files or folders whose changes are announced, such as the configuration's own imports. */
  readonly watchAlso?: readonly string[] | undefined
  readonly log: Logger
}
