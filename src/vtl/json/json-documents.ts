import { JavaMap } from '../java/map.ts'
import { JavaException, type Value } from '../java/value.ts'
import { lazyValue } from './lazy-json.ts'
import { compilePath } from './path/compile-path.ts'
import { evaluate } from './path/evaluate.ts'
import type { JsonPath } from './path/path-token.ts'
import { readLenientJson } from './read-lenient-json.ts'
import { behindTheEnd, createScanSpace, type JsonScan, scanJson } from './scan-json.ts'

/** Paths are few and used often. */
const mostPaths = 500

/** Bodies up to this size share one buffer. */
const largestShared = 16 * 1024 * 1024

/** Reads bodies as JSON and evaluates paths in them; one engine's templates share it. */
export class JsonDocuments {
  readonly #paths = new Map<string, JsonPath>()
  readonly #space = createScanSpace()
  #bytes = Buffer.alloc(8192)

  /** A body as `$input` sees it: JSON, else what passes for it in json-smart, else the text itself. */
  readBody(body: string): Value {
    const scan = this.#scan(body)
    if (scan.valid) return lazyValue(body, scan)
    if (body.trim() === '') return new JavaMap()
    try {
      return readLenientJson(body)
    } catch (error) {
      if (error instanceof JavaException) return body
      throw error
    }
  }

  /** JSON that must be JSON. */
  read(source: string): Value {
    const scan = this.#scan(source)
    if (!scan.valid) throw new JavaException('java.lang.RuntimeException', 'The text is no JSON')
    return lazyValue(source, scan)
  }

  evaluate(root: Value, source: string): Value {
    let path = this.#paths.get(source)
    if (path === undefined) {
      path = compilePath(source)
      if (this.#paths.size >= mostPaths) this.#paths.clear()
      this.#paths.set(source, path)
    }
    return evaluate(path, root, root)
  }

  /** Most texts are ASCII: a byte for each unit. Others are scanned in UTF-16, so that offsets are the text's own. */
  #scan(text: string): JsonScan {
    const { length } = text
    const bytes = this.#room(length + 4)
    if (bytes.write(text, 'utf8') === length) {
      bytes.set(behindTheEnd, length)
      return scanJson(bytes, length, this.#space)
    }
    const units = new Uint16Array(length + behindTheEnd.length)
    Buffer.from(units.buffer).write(text, 'utf16le')
    units.set(behindTheEnd, length)
    return scanJson(units, length, this.#space)
  }

  #room(size: number): Buffer {
    if (size > largestShared) return Buffer.allocUnsafe(size)
    if (size > this.#bytes.length) this.#bytes = Buffer.allocUnsafe(Math.max(size, this.#bytes.length * 2))
    return this.#bytes
  }
}
