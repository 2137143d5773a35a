import { JavaException, JavaObject, printIdentity, type Value } from '../java/value.ts'
import type { JsonDocuments } from '../json/json-documents.ts'

/** No render parses more text than this. */
const mostParsed = 256 * 1024 * 1024

/** `$util`; it prints nothing (assumed). */
export class UtilObject extends JavaObject {
  get className(): string {
    return 'Util'
  }

  readonly #documents: JsonDocuments
  #parsed = 0

  constructor(documents: JsonDocuments) {
    super()
    this.#documents = documents
  }

  print(): string {
    return ''
  }

  override identity(): string {
    return printIdentity(this.className)
  }

  parseJson(value: string): Value {
    this.#parsed += value.length
    if (this.#parsed > mostParsed) throw new JavaException('java.lang.OutOfMemoryError', 'Too much JSON')
    return this.#documents.read(value)
  }
}

/** What `$util` offers besides. */
export const utilities = {
  escapeJavaScript,
  urlEncode,
  urlDecode,
  base64Encode: (value: string): string => Buffer.from(value, 'utf8').toString('base64'),
  base64Decode,
}

const short: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\n': '\\n',
  '\t': '\\t',
  '\f': '\\f',
  '\r': '\\r',
  "'": "\\'",
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
}

/**
 * commons-lang 2.6's `escapeJavaScript`, including `\'`, which AWS's documentation tells to undo, and `\/`; that API
 * Gateway escapes `/` and non-ASCII so too is assumed.
 */
function escapeJavaScript(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are escaped
  return value.replaceAll(/[\x00-\x1f"'/\\\x80-\uffff]/g, character => {
    return short[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
  })
}

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** `java.net.URLEncoder`: a space becomes `+`, letters, digits and `.-*_` stay. */
function urlEncode(value: string): string {
  return encodeURIComponent(value.replaceAll(loneSurrogate, '?'))
    .replaceAll('%20', '+')
    .replaceAll(/[!'()~]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** `java.net.URLDecoder`: refuses `%` without two hexadecimal digits, and replaces what is no UTF-8. */
function urlDecode(value: string): string {
  return value.replaceAll('+', ' ').replaceAll(/(?:%[\s\S]{0,2})+/g, run => {
    const bytes: number[] = []
    for (let index = 0; index < run.length; index += 3) {
      const digits = run.slice(index + 1, index + 3)
      if (!/^[0-9a-fA-F]{2}$/.test(digits))
        throw new JavaException(
          'java.lang.IllegalArgumentException',
          `URLDecoder: Illegal hex characters in escape (%) pattern - ${digits}`,
        )
      bytes.push(Number.parseInt(digits, 16))
    }
    return Buffer.from(bytes).toString('utf8')
  })
}

/** `java.util.Base64`'s basic decoder: nothing but its alphabet, and padding only where it belongs. */
function base64Decode(value: string): string {
  const match = /^([A-Za-z0-9+/]*)(={0,2})$/.exec(value)
  const digits = match?.[1]?.length ?? 0
  const padding = match?.[2]?.length ?? 0
  if (match === null || digits % 4 === 1 || (padding > 0 && (digits + padding) % 4 !== 0))
    throw new JavaException('java.lang.IllegalArgumentException', 'Illegal base64 character')
  return Buffer.from(value, 'base64').toString('utf8')
}
