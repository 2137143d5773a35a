/** Characters that XML cannot hold as they are; a bare carriage return would come out of a parser as a line feed. */
const special = /[&<>"\r]/

/** Writes text as the content of an element or an attribute. A pattern with a function cost lists a quarter of their encoding. */
export function escapeXml(text: string): string {
  if (!special.test(text)) return text
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
}

/** Control characters but tab, line feed, carriage return and the upper ones; two that are none; half surrogate pairs. */
const impossible = /[^\P{Cc}\t\n\r\x7f-\x9f]|[\ufffe\uffff]|\p{Cs}/gu

/** A document in which every character that XML 1.0 cannot hold, by whatever name, is the replacement character. */
export function wellFormed(document: string): string {
  return document.replace(impossible, '\ufffd')
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Reads XML's five entities and numbered characters; undefined where there is another, for there is no DTD. */
export function unescapeXml(text: string): string | undefined {
  if (!text.includes('&')) return text
  let broken = false
  const read = text.replace(/&([^;&]*);?/g, (all, name: string) => {
    const known = Object.hasOwn(named, name) ? named[name] : numbered(name)
    if (known !== undefined && all.endsWith(';')) return known
    broken = true
    return all
  })
  return broken ? undefined : read
}

function numbered(name: string): string | undefined {
  const match = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name)
  if (match === null) return undefined
  const code = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16)
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    ? String.fromCodePoint(code)
    : undefined
}
