import { availableParallelism } from 'node:os'
import type { Readable } from 'node:stream'
import { Worker } from 'node:worker_threads'
import type { FromThread, ToThread } from './assets/blob-thread.mjs'
import type { DigestName } from './digests.ts'
import { type SentBody, sendBody } from './send-body.ts'

/** A file to be written. */
export interface BlobFile {
  readonly path: string
  /** The folders whose entries have to be durable with it; undefined: nothing has to outlive the machine. */
  readonly folders: readonly string[] | undefined
  readonly digests: readonly DigestName[]
  /** Whether the chunks' memory may be taken. */
  readonly isOwned: boolean
}

/** What was written. */
export interface WrittenFile {
  readonly size: number
  /** In the order in which they were asked for. */
  readonly digests: readonly Uint8Array[]
}

/** Threads that write bodies to files. */
export interface BlobThreads {
  write(source: Readable, file: BlobFile): Promise<WrittenFile>
  close(): Promise<void>
}

interface Writing {
  readonly body: () => SentBody
  readonly done: (written: WrittenFile) => void
  readonly failed: (error: Error) => void
}

/** A thread and what it writes. */
interface BlobThread {
  readonly worker: Worker
  readonly writings: Map<number, Writing>
}

/** One core is the main thread's; four threads digest two gigabytes a second. */
const mostThreads = Math.min(4, Math.max(1, availableParallelism() - 1))

/** Makes threads as bodies come; each goes to the one that has least to do. */
export function createBlobThreads(): BlobThreads {
  const threads = new Set<BlobThread>()
  let last = 0

  function start(): BlobThread {
    // Node's options of the command are none of the thread's: a loader or an inspector would be started once more.
    const worker = new Worker(new URL('./assets/blob-thread.mjs', import.meta.url), { execArgv: [] })
    const thread: BlobThread = { worker, writings: new Map() }
    const end = (error: Error): void => {
      threads.delete(thread)
      for (const { failed } of thread.writings.values()) failed(error)
      thread.writings.clear()
    }
    worker.on('message', (message: FromThread) => hear(thread, message))
    worker.on('error', end)
    worker.on('exit', code => end(new Error(`a thread that writes bodies ended with ${code}`)))
    threads.add(thread)
    return thread
  }

  function leastBusy(): BlobThread {
    const [first] = [...threads].sort((one, other) => one.writings.size - other.writings.size)
    return first === undefined || (first.writings.size > 0 && threads.size < mostThreads) ? start() : first
  }

  return {
    async write(source, { path, folders, digests, isOwned }) {
      const thread = leastBusy()
      const { worker, writings } = thread
      const id = ++last
      let open: ToThread['open'] = { path, folders, digests }
      // A thread that writes keeps the process alive, an idle one does not.
      worker.ref()
      const written = new Promise<WrittenFile>((done, failed) => {
        writings.set(id, { body: () => body, done, failed })
      })
      const body = sendBody(source, isOwned, (chunks, end) => {
        const memory = chunks.map(chunk => chunk.buffer as ArrayBuffer)
        worker.postMessage({ id, open, chunks, end } satisfies ToThread, memory)
        open = undefined
      })
      try {
        return await written
      } catch (error) {
        body.stop()
        throw body.broken() ?? error
      } finally {
        writings.delete(id)
        if (writings.size === 0) worker.unref()
      }
    },
    async close() {
      await Promise.all([...threads].map(({ worker }) => worker.terminate()))
    },
  }
}

function hear({ writings }: BlobThread, message: FromThread): void {
  const writing = writings.get(message.id)
  if (writing === undefined) return
  if ('taken' in message) writing.body().taken(message.taken)
  else if ('size' in message) writing.done(message)
  else writing.failed(Object.assign(new Error(message.message), message.code && { code: message.code }))
}
