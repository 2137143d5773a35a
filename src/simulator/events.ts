import type { Outbox } from '../journal/index.ts'
import type { DomainEvent, Events, Journal } from '../ports/index.ts'

/** Where services say what happened: kept in the journal, what would leave the machine in the outbox, then told to all. */
export interface EventBus extends Events {
  subscribe(listener: (event: DomainEvent) => void): void
}

/** Makes the bus. */
export function createEventBus(journal: Journal, outbox: Outbox): EventBus {
  const listeners: ((event: DomainEvent) => void)[] = []
  return {
    subscribe: listener => void listeners.push(listener),
    emit(event) {
      const { source, type, account, region, detail, cause } = event
      const entry = journal.begin('event', { source, type, account, region }, cause)
      entry.stage('detail', detail)
      outbox.take(event)
      for (const listener of listeners) listener(event)
      entry.finish({ listeners: listeners.length })
    },
  }
}
