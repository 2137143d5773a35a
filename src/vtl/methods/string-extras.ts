import type { JavaArray } from '../java/array.ts'
import { type JavaMethod, methodsOf } from '../java/java-class.ts'
import { JavaDouble, JavaFloat } from '../java/number.ts'
import { JavaStream } from '../java/stream.ts'
import { JavaException, text } from '../java/value.ts'

/** The rarer methods of `java.lang.String`: code points, indentation, conversions, streams. */
export const stringExtras: readonly JavaMethod[] = methodsOf<string>()({
  'codePointBefore(int)': (self, index) => {
    if (index < 1 || index > self.length) throw outOfText(`index ${index}, length ${self.length}`)
    const low = self.codePointAt(index - 1) ?? 0
    const pair = index > 1 ? (self.codePointAt(index - 2) ?? 0) : 0
    return pair > 0xffff ? pair : low
  },
  'codePointCount(int,int)': (self, from, to) => {
    if (from < 0 || to > self.length || from > to) throw outOfRange()
    return [...self.slice(from, to)].length
  },
  'offsetByCodePoints(int,int)': (self, index, by) => {
    if (index < 0 || index > self.length) throw outOfRange()
    const points = by >= 0 ? [...self.slice(index)] : [...self.slice(0, index)].reverse()
    if (Math.abs(by) > points.length) throw outOfRange()
    const length = points.slice(0, Math.abs(by)).join('').length
    return by >= 0 ? index + length : index - length
  },
  'indent(int)': indent,
  'stripIndent()': stripIndent,
  'translateEscapes()': translateEscapes,
  'lines()': self =>
    new JavaStream(self === '' ? [] : self.replace(/(?:\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/)),
  'chars()': self =>
    new JavaStream(Array.from({ length: self.length }, (_, index) => self.charCodeAt(index))),
  'codePoints()': self => new JavaStream([...self].map(point => point.codePointAt(0) ?? 0)),
  'static compare(CharSequence,CharSequence)': (_self, left, right) => compareUnits(left, right),
  'static valueOf(double)': (_self, value) => new JavaDouble(value).print(),
  'static valueOf(float)': (_self, value) => new JavaFloat(value).print(),
  'static valueOf(char[],int,int)': (_self, value, offset, count) => part(value, offset, count),
  'static copyValueOf(char[],int,int)': (_self, value, offset, count) => part(value, offset, count),
})

/** The difference of the first units that differ, else of the lengths. */
export function compareUnits(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const difference = left.charCodeAt(index) - right.charCodeAt(index)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

function outOfText(message: string): JavaException {
  return new JavaException('java.lang.StringIndexOutOfBoundsException', message)
}

function outOfRange(): JavaException {
  return new JavaException('java.lang.IndexOutOfBoundsException', '')
}

function part(array: JavaArray, offset: number, count: number): string {
  if (offset < 0 || count < 0 || offset > array.values.length - count)
    throw outOfText(`offset ${offset}, count ${count}, length ${array.values.length}`)
  return array.values
    .slice(offset, offset + count)
    .map(text)
    .join('')
}

/** Every line moved by `by` blanks, and ended. */
function indent(self: string, by: number): string {
  if (self === '') return ''
  const lines = self.replace(/(?:\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/)
  const moved = lines.map(line => {
    if (by > 0) return ' '.repeat(by) + line
    return line.replace(new RegExp(`^[ \\t]{0,${-by}}`), '')
  })
  return `${moved.join('\n')}\n`
}

/** The blanks that all lines begin with go, and those at their ends. */
function stripIndent(self: string): string {
  if (self === '') return ''
  const lines = self.split(/\r\n|\r|\n/)
  const last = lines.at(-1) ?? ''
  const counted = lines.filter((line, index) => line.trim() !== '' || index === lines.length - 1)
  const margin = Math.min(...counted.map(line => (line.trim() === '' ? line.length : line.search(/\S/))))
  const stripped = lines.map(line => (line.trim() === '' ? '' : line.slice(margin).trimEnd()))
  return last === '' && lines.length > 1 ? `${stripped.slice(0, -1).join('\n')}\n` : stripped.join('\n')
}

const controls: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  s: ' ',
  t: '\t',
  '\n': '',
}

function translateEscapes(self: string): string {
  return self.replaceAll(/\\(?:([0-3]?[0-7]{1,2})|([\s\S]?))/g, (_all, octal?: string, kind = '') => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
    if (kind === "'" || kind === '"' || kind === '\\') return kind
    const control = controls[kind]
    if (control === undefined)
      throw new JavaException('java.lang.IllegalArgumentException', 'Invalid escape sequence')
    return control
  })
}
