import type { Setting } from '../config/index.ts'

/** One flag of a command. */
export interface Flag {
  /** As typed, without dashes: `aws-port`. */
  readonly name: string
  /** One letter. */
  readonly short?: string
  /** The placeholder of its value; absent for a switch. */
  readonly value?: string
  /** Whether the value may be left out: `--inspect`, `--inspect=9230`. */
  readonly optional?: boolean
  readonly multiple?: boolean
  /** A switch that is on by default and shown as `--no-…`. */
  readonly negated?: boolean
  readonly description: string
  readonly default?: string
}

/** What a command takes and does; each command is loaded only when it is typed. */
export interface Command {
  readonly flags: readonly Flag[]
  /** How many words it takes besides flags; what follows `--` or the first word belongs to another program with `rest`. */
  readonly words: { readonly min: number; readonly max: number; readonly rest?: boolean }
  /** Lines below the flags of `--help`. */
  readonly notes?: readonly string[]
  /** Answers the exit code. */
  run(given: Given): Promise<number>
}

/** What was typed, taken apart. */
export interface Given {
  readonly words: readonly string[]
  /** By the flag's name; the last one where a flag stands several times. */
  readonly flags: ReadonlyMap<string, string | boolean>
  /** Every value of a flag that may stand several times. */
  readonly lists: ReadonlyMap<string, readonly string[]>
}

/** The flag of one configuration key, or undefined where it has none. */
export function flagOf(setting: Setting): Flag | undefined {
  if (setting.flag === undefined) return undefined
  const [spelled = '', value] = setting.flag.split(' ')
  const shown = setting.kind === 'switch' ? undefined : (setting.defaultText ?? setting.default)
  return {
    name: spelled.replace(/^--(?:no-)?/, ''),
    ...(value === undefined ? {} : { value }),
    ...(spelled.startsWith('--no-') ? { negated: true } : {}),
    ...(setting.key === 'inspect' ? { value: 'PORT', optional: true } : {}),
    description: setting.description,
    ...(shown === undefined ? {} : { default: String(shown).replaceAll('`', '') }),
  }
}
