import type { FunctionDefinition } from '../../ports/index.ts'

/** How a runtime's process is started. */
export interface RuntimeCommand {
  readonly command: string
  readonly arguments: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** Does it write console records to `_LAMBDA_TELEMETRY_LOG_FD`? */
  readonly telemetry: boolean
}

/** Finds a runtime's command; rejects with what was looked for where there is none. */
export type FindCommand = (definition: FunctionDefinition) => Promise<RuntimeCommand>
