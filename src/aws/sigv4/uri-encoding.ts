const unreserved = /^[A-Za-z0-9\-._~]*$/
const unreservedPath = /^[A-Za-z0-9\-._~/]*$/
const reserved = /[^A-Za-z0-9\-._~]/g

/** What each byte becomes in a canonical URI where RFC 3986 does not call it unreserved: `%XX` in upper case. */
const encoded: readonly string[] = Array.from(
  { length: 256 },
  (_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
)

/** Encodes every byte that is not unreserved; the text holds one byte a character, as Node gives URLs. */
export function encodeUri(text: string, slash: '/' | '%2F'): string {
  if ((slash === '/' ? unreservedPath : unreserved).test(text)) return text
  return text.replace(reserved, character =>
    character === '/' ? slash : (encoded[character.charCodeAt(0) & 255] as string),
  )
}

const escapes = /%[0-9A-Fa-f]{2}|\+/g

/** Undoes percent-encoding, byte by byte; a `%` that begins no escape stands for itself. */
export function decodeUri(text: string, plus: ' ' | '+'): string {
  if (!text.includes('%') && (plus === '+' || !text.includes('+'))) return text
  return text.replace(escapes, found =>
    found === '+' ? plus : String.fromCharCode(Number.parseInt(found.slice(1), 16)),
  )
}
