import type { LifecycleRule, Transition } from '@aws-sdk/client-s3'
import { invalidArgument, malformedXml } from '../errors.ts'
import { checkTime } from './check-time.ts'

/** How many days an object stays at least in a class that it was moved to. */
const stay: Readonly<Record<string, number>> = { STANDARD_IA: 30, ONEZONE_IA: 30, GLACIER: 90 }
const infrequent = ['STANDARD_IA', 'ONEZONE_IA']

/**
 * Refuses transitions that S3 refuses. Texts quoted of S3 by users of CloudFormation and Terraform (2024 to 2026); times:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
export function checkTransitions({ Expiration, Filter, Prefix, Transitions = [] }: LifecycleRule): void {
  const prefix = Prefix ?? Filter?.Prefix ?? Filter?.And?.Prefix
  const filter = prefix === undefined ? '()' : `(prefix=${prefix})`
  for (const transition of Transitions) {
    const { Days, Date: date, StorageClass = '' } = transition
    if ((Days === undefined) === (date === undefined)) throw malformedXml()
    checkTime(transition, 'Transition', 0)
    if (Days !== undefined && Days < 30 && infrequent.includes(StorageClass))
      throw invalidArgument(
        `'Days' in Transition action must be greater than or equal to 30 for storageClass '${StorageClass}'`,
        'Days',
        Days,
      )
    const { Days: last } = Expiration ?? {}
    if (last !== undefined && Days !== undefined && Days >= last)
      throw invalidArgument(
        `'Days' in the Expiration action for prefix '${prefix ?? ''}' must be greater than 'Days' in the Transition action`,
        'Days',
        last,
      )
  }
  if (new Set(Transitions.map(({ StorageClass }) => StorageClass)).size !== Transitions.length)
    throw invalidArgument(
      `'StorageClass' must be different for 'Transition' actions in same 'Rule' with filter '${filter}'`,
      'StorageClass',
      Transitions[0]?.StorageClass,
    )
  const times = [...Transitions, ...(Expiration === undefined ? [] : [Expiration])]
  if (times.some(({ Days }) => Days !== undefined) && times.some(({ Date: date }) => date !== undefined))
    throw invalidArgument(
      `Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for filter '${filter}'`,
      'Days',
    )
  checkStays(Transitions, filter)
}

function checkStays(transitions: readonly Transition[], filter: string): void {
  const inOrder = transitions
    .filter(({ Days }) => Days !== undefined)
    .sort((one, other) => (one.Days ?? 0) - (other.Days ?? 0))
  for (const [index, { StorageClass: to, Days: at = 0 }] of inOrder.entries()) {
    const { StorageClass: from = '', Days: before = 0 } = inOrder[index - 1] ?? {}
    const least = stay[from] ?? 0
    if (index > 0 && at - before < least)
      throw invalidArgument(
        `'Days' in the 'Transition' action for StorageClass '${to}' for filter '${filter}' must be ${least} days more than 'filter '${filter}'' in the 'Transition' action for StorageClass '${from}'`,
        'Days',
        at,
      )
  }
}
