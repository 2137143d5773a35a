import { hash } from 'node:crypto'

/** The parts of a canonical request, each already canonical. */
export interface CanonicalParts {
  readonly method: string
  readonly path: string
  readonly query: string
  /** Lower-case names with their values, sorted by name. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly payloadHash: string
}

/** The text whose hash is signed: six parts, a line each. */
export function canonicalRequest(parts: CanonicalParts): string {
  let headers = ''
  let names = ''
  for (const [name, value] of parts.headers) {
    headers += `${name}:${value}\n`
    names += names === '' ? name : `;${name}`
  }
  return `${parts.method}\n${parts.path}\n${parts.query}\n${headers}\n${names}\n${parts.payloadHash}`
}

/** Lower-case hex SHA-256 of bytes, or of a text that holds one byte a character (as Node gives URLs and headers). */
export function sha256Hex(data: string | Uint8Array): string {
  return hash('sha256', typeof data === 'string' ? Buffer.from(data, 'latin1') : data, 'hex')
}

/** SHA-256 of nothing. */
export const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
