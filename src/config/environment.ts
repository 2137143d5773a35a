/** Environment variables, read only here. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The process's environment variables as they are now. */
export function currentEnvironment(): Environment {
  return { ...process.env }
}

/** What a terminal stream may be given. */
export interface TerminalPreferences {
  readonly color: boolean
  /** Whether someone is looking: a terminal, and no CI. */
  readonly interactive: boolean
}

/**
 * Whether to colour: FORCE_COLOR, then NO_COLOR (https://no-color.org), then whether the stream is a terminal that can.
 * https://nodejs.org/api/tty.html#writestreamgetcolordepthenv has the same order.
 */
export function terminalPreferences(
  stream: { readonly isTTY?: boolean },
  environment: Environment = process.env,
): TerminalPreferences {
  const { FORCE_COLOR, NO_COLOR, TERM, CI } = environment
  const terminal = stream.isTTY === true
  const color =
    FORCE_COLOR !== undefined
      ? FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
      : !NO_COLOR && terminal && TERM !== 'dumb'
  return { color, interactive: terminal && !isSet(CI) && TERM !== 'dumb' }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false'
}
