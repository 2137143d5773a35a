import type { FunctionDefinition } from '../ports/index.ts'
import type { InitOutcome } from './environment-outcome.ts'
import type { ExecutionEnvironment } from './execution-environment.ts'

/** Which code, in which configuration. */
export interface Deployment {
  readonly definition: FunctionDefinition
  readonly version: string
}

/** An environment, given to one invocation; or why there is none. */
export type Lease =
  | { readonly kind: 'ready'; readonly environment: ExecutionEnvironment }
  | {
      readonly kind: 'failed'
      readonly environment: ExecutionEnvironment
      readonly outcome: Exclude<InitOutcome, { kind: 'ready' }>
    }
