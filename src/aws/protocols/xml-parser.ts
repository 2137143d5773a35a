import { AwsError } from '../aws-error.ts'
import { unescapeXml } from './xml-text.ts'

/** One element; names are without their namespace prefix, attributes keep theirs. */
export interface XmlElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: XmlElement[]
  text: string
}

/** Elements may be nested as deeply as this. */
const deepest = 64

/** S3's answer to a body that is no XML or not what the schema says. */
export function malformedXml(cause?: unknown): AwsError {
  return new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
    { statusCode: 400, cause },
  )
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const name = /[A-Za-z_][\w.:-]*/y
const attribute = /\s+([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y

/**
 * Parses a whole document strictly: one root, matching tags, no DTD and so no entities of its own (no bombs, no
 * files), a bounded depth. The time it takes grows with the length and nothing else.
 */
export function parseXml(bytes: Uint8Array): XmlElement {
  let source: string
  try {
    source = utf8.decode(bytes)
  } catch (cause) {
    throw malformedXml(cause)
  }
  const open: { readonly element: XmlElement; readonly tag: string }[] = []
  let root: XmlElement | undefined
  let at = 0

  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(source)
    if (found !== null) at = pattern.lastIndex
    return found
  }
  const skipTo = (end: string): number => {
    const found = source.indexOf(end, at)
    if (found < 0) throw malformedXml()
    const start = at
    at = found + end.length
    return start
  }
  const addText = (text: string | undefined): void => {
    if (text === undefined) throw malformedXml()
    const parent = open.at(-1)
    if (parent !== undefined) parent.element.text += text
    else if (text.trim() !== '') throw malformedXml()
  }

  const openTag = (): void => {
    const tag = match(name)?.[0]
    if (tag === undefined || (root !== undefined && open.length === 0) || open.length >= deepest)
      throw malformedXml()
    const attributes = new Map<string, string>()
    for (let found = match(attribute); found !== null; found = match(attribute)) {
      const value = unescapeXml(found[2] ?? found[3] ?? '')
      if (value === undefined || attributes.has(found[1] ?? '')) throw malformedXml()
      attributes.set(found[1] ?? '', value)
    }
    const element: XmlElement = {
      name: tag.slice(tag.lastIndexOf(':') + 1),
      attributes,
      children: [],
      text: '',
    }
    open.at(-1)?.element.children.push(element)
    root ??= element
    const end = match(/\s*(\/?)>/y)
    if (end === null) throw malformedXml()
    if (end[1] === '') open.push({ element, tag })
  }

  if (source.charCodeAt(0) === 0xfeff) at = 1
  while (at < source.length) {
    const next = source.indexOf('<', at)
    const end = next < 0 ? source.length : next
    if (end > at) addText(unescapeXml(source.slice(at, end).replaceAll('\r\n', '\n')))
    at = end
    if (next < 0) break
    if (source.startsWith('<?', at)) skipTo('?>')
    else if (source.startsWith('<!--', at)) skipTo('-->')
    else if (source.startsWith('<![CDATA[', at)) {
      const start = skipTo(']]>') + '<![CDATA['.length
      addText(source.slice(start, at - ']]>'.length))
    } else if (source.startsWith('</', at)) {
      at += 2
      const tag = match(name)?.[0]
      if (tag === undefined || open.pop()?.tag !== tag || match(/\s*>/y) === null) throw malformedXml()
    } else {
      at++
      openTag()
    }
  }
  if (root === undefined || open.length > 0) throw malformedXml()
  return root
}
