const unreserved = /^[A-Za-z0-9\-._~]*$/
const unreservedPath = /^[A-Za-z0-9\-._~/]*$/

/** What each byte becomes in a canonical URI: itself where RFC 3986 calls it unreserved, else `%XX` in upper case. */
const encoded: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte)
  return unreserved.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
})

/** Encodes every byte that is not unreserved; the text holds one byte a character, as Node gives URLs. */
export function encodeUri(text: string, slash: '/' | '%2F'): string {
  if ((slash === '/' ? unreservedPath : unreserved).test(text)) return text
  let result = ''
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    result += code === 47 ? slash : (encoded[code & 255] as string)
  }
  return result
}

/** Undoes percent-encoding, byte by byte; a `%` that begins no escape stands for itself. */
export function decodeUri(text: string, plus: ' ' | '+'): string {
  if (!text.includes('%') && (plus === '+' || !text.includes('+'))) return text
  let result = ''
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 37) {
      const byte = hexByte(text, at + 1)
      if (byte >= 0) {
        result += String.fromCharCode(byte)
        at += 2
        continue
      }
    }
    result += code === 43 ? plus : String.fromCharCode(code & 255)
  }
  return result
}

function hexByte(text: string, at: number): number {
  const high = hexDigit(text.charCodeAt(at))
  const low = hexDigit(text.charCodeAt(at + 1))
  return high < 0 || low < 0 ? -1 : high * 16 + low
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const lower = code | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}
