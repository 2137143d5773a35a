import { PassThrough } from 'node:stream'
import {
  type JournalFilter,
  type JournalRecord,
  matchesFilter,
  type RecordedJournal,
} from '../journal/index.ts'
import type { Endpoint } from './admin.ts'
import { jsonReply, printable } from './messages.ts'

/**
 * GET lists the records that the query asks for (`?function=thumbnail&limit=10`), as an event stream with
 * `Accept: text/event-stream`; DELETE forgets them all.
 */
export function journalEndpoint(journal: RecordedJournal): Endpoint {
  return {
    methods: ['GET', 'DELETE'],
    answer({ method, headers, signal }, query) {
      if (method === 'DELETE') journal.clear()
      const filter: Record<string, unknown> = Object.fromEntries(query)
      for (const name of ['limit', 'since']) {
        if (filter[name] === undefined) continue
        const value = Number(filter[name])
        if (!Number.isFinite(value)) return jsonReply(400, { error: `\`${name}\` is a number` })
        filter[name] = value
      }
      const wanted = filter as JournalFilter
      if (!String(headers['accept'] ?? '').includes('text/event-stream'))
        return jsonReply(200, { records: journal.records({ limit: 100, ...wanted }) })
      const body = new PassThrough()
      const send = (record: JournalRecord): void => {
        // A reader that does not keep up loses records rather than the simulator's memory.
        if (body.writableLength < 4 * 1024 * 1024)
          body.write(`id: ${record.id}\ndata: ${JSON.stringify(record, printable)}\n\n`)
      }
      body.write(': following\n\n')
      for (const record of journal.records({ limit: 100, ...wanted })) send(record)
      const cancel = journal.subscribe(record => {
        if (matchesFilter(record, wanted)) send(record)
      })
      body.once('close', cancel)
      signal?.addEventListener('abort', () => body.destroy(), { once: true })
      return {
        status: 200,
        headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
        body,
      }
    },
  }
}
