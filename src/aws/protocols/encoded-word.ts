/** Bytes of one encoded word that RFC 2047 lets stand between `=?UTF-8?Q?` and `?=`. */
const room = 63

const plain = (code: number): boolean =>
  (code >= 0x20 && code < 0x7f) || code === 0x09 || code === 0x0a || code === 0x0d

/**
 * Writes text for a header: as it is where it is ASCII, else as RFC 2047's encoded words. S3 makes them as Java's mail
 * library does (recorded): quoted-printable where most of it is ASCII, base64 where not, halved until each word fits.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
 */
export function encodeWords(text: string): string {
  const codes = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
  const ascii = codes.filter(plain).length
  if (ascii === text.length) return text
  const words: string[] = []
  split(text, ascii > text.length - ascii ? 'Q' : 'B', words)
  return words.join(' ')
}

function split(text: string, kind: 'Q' | 'B', words: string[]): void {
  const encoded = kind === 'B' ? Buffer.from(text).toString('base64') : quoted(text)
  if (encoded.length <= room || text.length < 2) {
    words.push(`=?UTF-8?${kind}?${encoded}?=`)
    return
  }
  let half = Math.floor(text.length / 2)
  if (/[\ud800-\udbff]/.test(text[half - 1] ?? '')) half--
  if (half === 0) half = 2
  split(text.slice(0, half), kind, words)
  if (half < text.length) split(text.slice(half), kind, words)
}

function quoted(text: string): string {
  let found = ''
  for (const byte of Buffer.from(text)) {
    const character = String.fromCharCode(byte)
    if (byte === 0x20) found += '_'
    else if (byte < 0x20 || byte >= 0x7f || '=_?'.includes(character))
      found += `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
    else found += character
  }
  return found
}

const word = /=\?utf-8\?([qb])\?([^?]*)\?=/gi

/** Reads a header that may hold encoded words; S3 keeps the text that they stand for (recorded). */
export function decodeWords(header: string): string {
  if (!header.includes('=?')) return header
  return header.replace(/\?=\s+=\?/g, '?==?').replace(word, (_whole, kind: string, encoded: string) => {
    if (kind.toUpperCase() === 'B') return leniently(encoded).toString()
    const bytes = encoded
      .replaceAll('_', ' ')
      .replace(/=([0-9A-F]{2})/gi, (_code, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    return Buffer.from(bytes, 'latin1').toString()
  })
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/**
 * Base64 as Java's mail library reads it: four characters at a time; a `=` in the last two places ends the group, what is
 * no letter counts as minus one, and up to three characters that are left over are dropped. Recorded of S3: `=GGG` is the
 * bytes FC 61 86.
 */
function leniently(encoded: string): Buffer {
  const bytes: number[] = []
  for (let at = 0; at + 4 <= encoded.length; at += 4) {
    const group = encoded.slice(at, at + 4)
    const size = group[2] === '=' ? 1 : group[3] === '=' ? 2 : 3
    let bits = 0
    for (const letter of group.slice(0, size + 1)) bits = (bits << 6) | letters.indexOf(letter)
    bits <<= 6 * (3 - size)
    bytes.push(...[bits >> 16, bits >> 8, bits].slice(0, size).map(byte => byte & 0xff))
  }
  return Buffer.from(bytes)
}
