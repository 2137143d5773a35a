import type { Ids, Invocation } from '../../ports/index.ts'
import { jsonTable, type Store } from '../../stores/index.ts'
import type { FoundFunction } from '../function-directory.ts'

/** An accepted event as it lies in the store until it has been dealt with. */
export interface QueuedEvent {
  readonly id: string
  readonly functionName: string
  /** Without a qualifier. */
  readonly functionArn: string
  /** `account/region/name`. */
  readonly functionId: string
  readonly qualifier?: string
  readonly requestId: string
  /** Base64. */
  readonly payload: string
  readonly clientContext?: string
  readonly cognitoIdentity?: Invocation['cognitoIdentity']
  readonly traceId?: string
  readonly cause?: string
  /** Simulated milliseconds since 1970. */
  readonly acceptedAt: number
  readonly dueAt: number
  /** How often the function has been tried. */
  readonly attempts: number
  /** How often it was turned away because too much was running. */
  readonly throttles: number
}

/** Where accepted events survive the simulator. */
export interface EventJournal {
  put(event: QueuedEvent): Promise<void>
  remove(event: QueuedEvent): Promise<void>
  /** All events that are not dealt with, oldest first. */
  all(): Promise<QueuedEvent[]>
}

const table = jsonTable<QueuedEvent>('lambda/events')

/** Keeps events in a store; without one they live as long as the process. */
export function createEventJournal(store: Store | undefined): EventJournal {
  if (!store) return { put: async () => {}, remove: async () => {}, all: async () => [] }
  return {
    put: event => store.transaction(writer => table.put(writer, event, event.id)),
    async remove(event) {
      await store.transaction(writer => table.remove(writer, event.id))
    },
    async all() {
      const found = await store.read(reader => [...table.under(reader)].map(([, event]) => event))
      return found.toSorted((a, b) => a.acceptedAt - b.acceptedAt)
    },
  }
}

/** What is kept of an invocation. */
export function queuedEvent(
  invocation: Invocation,
  { id, arn, qualifier, deployment }: FoundFunction,
  requestId: string,
  now: number,
  ids: Ids,
): QueuedEvent {
  const { clientContext, cognitoIdentity, traceId, cause } = invocation
  return {
    id: ids.uuid(),
    functionName: deployment.definition.name,
    functionArn: qualifier === undefined ? arn : arn.slice(0, -qualifier.length - 1),
    functionId: id,
    ...(qualifier !== undefined && { qualifier }),
    requestId,
    payload: Buffer.from(invocation.payload).toString('base64'),
    ...(clientContext !== undefined && { clientContext }),
    ...(cognitoIdentity && { cognitoIdentity }),
    ...(traceId !== undefined && { traceId }),
    ...(cause !== undefined && { cause }),
    acceptedAt: now,
    dueAt: now,
    attempts: 0,
    throttles: 0,
  }
}

/** The invocation again, for the next try. */
export function invocationOf(event: QueuedEvent): Invocation {
  const { functionArn, qualifier, requestId, clientContext, cognitoIdentity, traceId, cause } = event
  return {
    functionName: functionArn,
    ...(qualifier !== undefined && { qualifier }),
    invocationType: 'Event',
    payload: Buffer.from(event.payload, 'base64'),
    requestId,
    ...(clientContext !== undefined && { clientContext }),
    ...(cognitoIdentity && { cognitoIdentity }),
    ...(traceId !== undefined && { traceId }),
    ...(cause !== undefined && { cause }),
  }
}
