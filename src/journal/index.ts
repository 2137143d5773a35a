export { createJournal, type JournalOptions, type RecordedJournal } from './journal.ts'
export { createOutbox, type Outbox, type OutboxMessage } from './outbox.ts'
export { type JournalFilter, type JournalRecord, type JournalStage, matchesFilter } from './record.ts'
