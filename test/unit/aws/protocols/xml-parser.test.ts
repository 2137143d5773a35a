import { expect, test } from 'vitest'
import { parseXml } from '../../../../src/aws/protocols/xml-parser.ts'

const parse = (text: string) => parseXml(Buffer.from(text))

test('elements, attributes, text, character data, comments, instructions and prefixes', () => {
  const root = parse(
    '\uFEFF<?xml version="1.0"?>\n<!-- c --><s:a xmlns:s="u" b=\'1 &lt; 2\'>x&amp;&#65;&#x1F600;\r\n<![CDATA[<&]]><s:c/><d >é</d></s:a>\n',
  )
  expect(root).toEqual({
    name: 'a',
    attributes: new Map([
      ['xmlns:s', 'u'],
      ['b', '1 < 2'],
    ]),
    children: [
      { name: 'c', attributes: new Map(), children: [], text: '' },
      { name: 'd', attributes: new Map(), children: [], text: 'é' },
    ],
    text: 'x&A😀\n<&',
  })
})

test.each([
  '',
  'text',
  '<a>',
  '<a></b>',
  '<a/><b/>',
  '<a b=1/>',
  '<a b="1" b="2"/>',
  '<a b="<"/>',
  '<a>&nope;</a>',
  '<a>&amp</a>',
  '<a>&#0;</a>',
  '<a>&#xD800;</a>',
  '<!DOCTYPE a><a/>',
  '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
  '<a><![CDATA[</a>',
  '<a><!-- </a>',
  '</a>',
  '<a>'.repeat(65) + '</a>'.repeat(65),
])('%s is refused', text => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'MalformedXML', statusCode: 400 }))
})

test('bytes that are no UTF-8 are refused', () => {
  expect(() => parseXml(Uint8Array.from([60, 97, 62, 255, 60, 47, 97, 62]))).toThrow(
    expect.objectContaining({ code: 'MalformedXML' }),
  )
})
