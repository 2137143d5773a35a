import { Buffer } from 'node:buffer'

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const ascii = /^[\x00-\x7f]*$/

/** A text's UTF-8 as text of one character for each byte, as keys of the store are. */
export const utf8Text = (text: string): string =>
  ascii.test(text) ? text : Buffer.from(text).toString('latin1')
