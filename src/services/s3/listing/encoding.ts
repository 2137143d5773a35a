import { invalidArgument } from '../errors.ts'

/** How names are written in a list: as they are, or encoded for what XML cannot hold. */
export type NameWriter = (name: string) => string

/** `encoding-type=url` percent-encodes all but `/`; blanks too, which every client understands. */
export function nameWriter(encodingType: string | undefined): NameWriter {
  if (encodingType === undefined) return name => name
  if (encodingType !== 'url')
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encodingType)
  return name =>
    encodeURIComponent(name)
      .replace(/[!'()~]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll('%2F', '/')
}

/** The length of a page: 1,000 at most. */
export function pageLength(asked: number | undefined, name: string): number {
  if (asked === undefined) return 1000
  if (asked < 0)
    throw invalidArgument(
      `Argument ${name.replace(/-(.)/, (_, letter: string) => letter.toUpperCase())} must be an integer between 0 and 2147483647`,
      name,
      asked,
    )
  return Math.min(asked, 1000)
}

/** The number of the part after which a page begins; an empty one is none (recorded). */
export function partMarker(text: string | undefined): number {
  if (text === undefined || text === '') return 0
  if (/^\d{1,10}$/.test(text) && Number(text) < 2 ** 31) return Number(text)
  throw invalidArgument(
    'Provided part-number-marker not an integer or within integer range',
    'part-number-marker',
    text,
  )
}
