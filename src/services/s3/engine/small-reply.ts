import { buffer } from 'node:stream/consumers'
import type { EngineReply } from './engine.ts'

/** An engine's answer whose body was read. */
export interface SmallReply extends Omit<EngineReply, 'body'> {
  readonly body: Buffer
}

/** Reads an answer that is a short document or nothing. */
export async function smallReply(reply: EngineReply): Promise<SmallReply> {
  const { status, headers, header } = reply
  return { status, headers, header, body: await buffer(reply.body) }
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

/** The text of the first element of a name inside a document; engines' documents are flat where this looks. */
export function elementText(document: string, name: string): string | undefined {
  const found = new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)</${name}>`).exec(document)?.[1]
  return found?.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, word) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
    return decimal !== undefined ? String.fromCodePoint(Number(decimal)) : (entities[word] ?? all)
  })
}

/** The contents of all elements of a name. */
export function elements(document: string, name: string): string[] {
  return [...document.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map(([, inner = '']) => inner)
}

/** Without the quotes of an entity tag. */
export const plainTag = (etag: string | undefined): string | undefined => etag?.replace(/^"(.*)"$/, '$1')
