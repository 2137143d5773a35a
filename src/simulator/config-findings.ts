import type { Config, TriggerConfig } from '../config/index.ts'
import type { Finding } from '../project/index.ts'

/** What a trigger listens to, by the key that tells the kinds apart. */
export function kindOf(trigger: TriggerConfig): string {
  return ['bucket', 'table', 'queue', 'topic', 'schedule'].find(key => key in trigger) ?? 'unknown'
}

/** Says which triggers will never fire: their function is unknown, or their kind is not there yet. */
export function triggerFindings(
  { triggers }: Pick<Config, 'triggers'>,
  functions: ReadonlySet<string>,
  supported: ReadonlySet<string>,
): Finding[] {
  return triggers.flatMap((trigger, index): Finding[] => {
    const kind = kindOf(trigger)
    const name = `\`triggers[${index}]\` (${kind} → ${trigger.function})`
    if (!supported.has(kind)) {
      return [
        {
          severity: 'warning',
          code: 'unsupported-trigger',
          message: `${name} will not fire: Lambdarium has no ${kind} triggers yet`,
        },
      ]
    }
    if (functions.has(trigger.function)) return []
    return [
      {
        severity: 'error',
        code: 'unknown-function',
        message: `${name} names a function that does not exist`,
        hint: `Functions: ${[...functions].join(', ') || 'none'}`,
      },
    ]
  })
}
