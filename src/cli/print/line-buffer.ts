/** Milliseconds that a line may wait for others: nobody sees it, and one system call then carries hundreds of lines. */
const patience = 10
/** So many characters do not wait. */
const enough = 65_536

/** Lines on their way to a stream. */
export interface LineBuffer {
  /** `text` ends with a line break. */
  write(text: string): void
  /** Writes what waits. */
  flush(): void
}

/** Gathers lines and writes them together; what still waits when the process ends, however it ends, is written then. */
export function createLineBuffer(write: (text: string) => void): LineBuffer {
  let waiting = ''
  let alarm: NodeJS.Timeout | undefined
  let hooked = false
  const flush = (): void => {
    clearTimeout(alarm)
    alarm = undefined
    if (waiting === '') return
    const text = waiting
    waiting = ''
    write(text)
  }
  return {
    write(text) {
      waiting += text
      if (waiting.length >= enough) flush()
      else if (alarm === undefined) {
        alarm = setTimeout(flush, patience)
        alarm.unref()
        if (!hooked) process.once('exit', flush)
        hooked = true
      }
    },
    flush,
  }
}
