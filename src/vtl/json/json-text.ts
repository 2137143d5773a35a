import { FastScanner } from './fast-scan.ts'
import { behindTheEnd, createScanSpace, type JsonScan, scanJson } from './scan-json.ts'

/** Bodies up to this size share one buffer. */
const largestShared = 16 * 1024 * 1024

/** A tape longer than this goes with its text, so that one large body does not keep memory for ever. */
const longestShared = 2 * 1024 * 1024

/** From this length on the vectors pay, and so does compiling what uses them. */
const shortestFast = 512

/** A longer text's memory goes with it. */
const longestKept = 4 * 1024 * 1024

/** No body is longer; addresses of seven times as much still fit 31 bits. */
const longestFast = 64 * 1024 * 1024

/** Scans texts, one after the other in the same room. */
export class JsonTexts {
  readonly #space = createScanSpace()
  #bytes = Buffer.alloc(8192)
  #fast: FastScanner | undefined
  /** What the last scan left, and its number. */
  #tape = this.#space.tape
  #scans = 0

  /** The text if it is JSON. */
  scan(source: string): JsonText | undefined {
    const scan = this.#scan(source)
    if (!scan.valid) return undefined
    const text = new JsonText(source, scan, this, this.#scans)
    if (source.length > longestKept || this.#space.tape.length > longestShared) {
      text.keep(this.#tape)
      this.#fast = undefined
      this.#space.tape = new Int32Array(4096)
    }
    return text
  }

  /** The tape that a scan filled; undefined where another text has been scanned since. */
  tapeOf(scan: number): Int32Array | undefined {
    return this.#scans === scan ? this.#tape : undefined
  }

  /** Scans a text again, for a tape that no other scan takes away. */
  ownTape(source: string): Int32Array {
    this.#scan(source)
    return this.#tape.slice(0, ~(this.#tape[1] as number) + 1)
  }

  #scan(source: string): JsonScan {
    this.#scans++
    if (source.length >= shortestFast && source.length <= longestFast) {
      this.#fast ??= FastScanner.create()
      const fast = this.#fast?.scan(source)
      if (fast !== undefined) {
        this.#tape = fast.tape
        return fast.scan
      }
    }
    const scan = scanJson(this.#image(source), source, this.#space)
    this.#tape = this.#space.tape
    return scan
  }

  /** A byte for each unit, so that offsets are the text's own. */
  #image(text: string): Uint8Array {
    const { length } = text
    const bytes = this.#room(length + behindTheEnd.length)
    if (bytes.write(text, 'utf8') !== length)
      for (let at = 0; at < length; at++) {
        const unit = text.charCodeAt(at)
        bytes[at] = unit < 0x80 ? unit : 0x7f
      }
    bytes.set(behindTheEnd, length)
    return bytes
  }

  #room(size: number): Buffer {
    if (size > largestShared) return Buffer.allocUnsafe(size)
    if (size > this.#bytes.length) this.#bytes = Buffer.allocUnsafe(Math.max(size, this.#bytes.length * 2))
    return this.#bytes
  }
}

/** A text that is known to be JSON, and where its values stand. */
export class JsonText {
  readonly source: string
  readonly scan: JsonScan
  readonly #texts: JsonTexts
  readonly #serial: number
  #tape: Int32Array | undefined

  constructor(source: string, scan: JsonScan, texts: JsonTexts, serial: number) {
    this.source = source
    this.scan = scan
    this.#texts = texts
    this.#serial = serial
  }

  /** See `ScanSpace.tape`; good until another text is scanned. Only objects and lists ask again. */
  get tape(): Int32Array {
    if (this.#tape !== undefined) return this.#tape
    const shared = this.#texts.tapeOf(this.#serial)
    if (shared !== undefined) return shared
    this.#tape = this.#texts.ownTape(this.source)
    return this.#tape
  }

  keep(tape: Int32Array): void {
    this.#tape = tape
  }
}
