import { JavaArray } from '../java/array.ts'
import { format } from '../java/format.ts'
import { defineClass, methodsOf } from '../java/java-class.ts'
import { JavaCharacter, JavaSmall } from '../java/number.ts'
import { matchesPattern, replaceByPattern, splitByPattern } from '../java/pattern.ts'
import { checkedLength } from '../java/text-limit.ts'
import { JavaException, text, type Value } from '../java/value.ts'
import { whitespace } from '../java/whitespace.ts'
import { objectClass } from './object-methods.ts'
import { compareUnits, stringExtras } from './string-extras.ts'

const blank = new RegExp(`^${whitespace}+$`)
const leadingBlanks = new RegExp(`^${whitespace}+`)
const trailingBlanks = new RegExp(`${whitespace}+$`)

/** `java.lang.String` (https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/lang/String.html). */
export const stringClass = defineClass(
  'java.lang.String',
  [objectClass],
  [
    ...stringExtras,
    ...methodsOf<string>()({
      'length()': self => self.length,
      'isEmpty()': self => self.length === 0,
      'isBlank()': self => self === '' || blank.test(self),
      'charAt(int)': (self, index) => new JavaCharacter(self[checkIndex(index, self)] ?? ''),
      'codePointAt(int)': (self, index) => self.codePointAt(checkIndex(index, self)) ?? 0,
      'substring(int)': (self, from) => substring(self, from, self.length),
      'substring(int,int)': substring,
      'subSequence(int,int)': substring,
      'indexOf(String)': (self, part) => self.indexOf(part),
      'indexOf(String,int)': (self, part, from) => self.indexOf(part, from),
      'indexOf(int)': (self, code) => self.indexOf(character(code)),
      'indexOf(int,int)': (self, code, from) => self.indexOf(character(code), from),
      'lastIndexOf(String)': (self, part) => self.lastIndexOf(part),
      'lastIndexOf(String,int)': (self, part, from) => (from < 0 ? -1 : self.lastIndexOf(part, from)),
      'lastIndexOf(int)': (self, code) => self.lastIndexOf(character(code)),
      'lastIndexOf(int,int)': (self, code, from) => (from < 0 ? -1 : self.lastIndexOf(character(code), from)),
      'contains(CharSequence)': (self, part) => self.includes(part),
      'startsWith(String)': (self, part) => self.startsWith(part),
      'startsWith(String,int)': (self, part, from) =>
        from >= 0 && from <= self.length && self.startsWith(part, from),
      'endsWith(String)': (self, part) => self.endsWith(part),
      'concat(String)': (self, other) => checkedLength(self + other),
      'replace(char,char)': (self, from, to) => self.replaceAll(from, () => to),
      'replace(CharSequence,CharSequence)': (self, from, to) =>
        checkedLength(self.replaceAll(from, () => to)),
      'replaceAll(String,String)': (self, pattern, by) =>
        checkedLength(replaceByPattern(self, pattern, by, true)),
      'replaceFirst(String,String)': (self, pattern, by) => replaceByPattern(self, pattern, by, false),
      'matches(String)': (self, pattern) => matchesPattern(self, pattern),
      'split(String)': (self, pattern) => strings(splitByPattern(short(self), pattern, 0)),
      'split(String,int)': (self, pattern, limit) => strings(splitByPattern(short(self), pattern, limit)),
      'toLowerCase()': self => self.toLowerCase(),
      'toUpperCase()': self => self.toUpperCase(),
      'trim()': self => trim(self),
      'strip()': self => self.replace(leadingBlanks, '').replace(trailingBlanks, ''),
      'stripLeading()': self => self.replace(leadingBlanks, ''),
      'stripTrailing()': self => self.replace(trailingBlanks, ''),
      'repeat(int)': repeat,
      'equals(Object)': (self, other) => self === other,
      'equalsIgnoreCase(String)': (self, other: string | null) =>
        self.length === other?.length && compareIgnoringCase(self, other) === 0,
      'contentEquals(CharSequence)': (self, other) => self === other,
      'compareTo(String)': compareUnits,
      'compareTo(Object)': (_self, other) => cannotCast(other, 'java.lang.String'),
      'compareToIgnoreCase(String)': compareIgnoringCase,
      'toString()': self => self,
      'intern()': self => self,
      'toCharArray()': self =>
        new JavaArray(
          '[C',
          Array.from(short(self).split(''), unit => new JavaCharacter(unit)),
        ),
      'getBytes()': self => bytes(Buffer.from(short(self), 'utf8')),
      'getBytes(String)': (self, charset) => bytes(Buffer.from(short(self), encodingOf(charset))),
      'regionMatches(int,String,int,int)': (self, at, other, from, length) =>
        regionMatches(false, self, at, other, from, length),
      'regionMatches(boolean,int,String,int,int)': (self, ignoreCase, at, other, from, length) =>
        regionMatches(ignoreCase, self, at, other, from, length),
      'static format(String,Object[])': (_self, pattern, values) => checkedLength(format(pattern, values)),
      'formatted(Object[])': (self, values) => checkedLength(format(self, values)),
      'static join(CharSequence,CharSequence[])': (_self, separator, parts) =>
        checkedLength(parts.map(text).join(separator)),
      'static join(CharSequence,Iterable)': (_self, separator, parts) =>
        checkedLength(parts.items().map(charSequence).join(separator)),
      'static valueOf(Object)': (_self, value) => text(value),
      'static valueOf(char[])': (_self, value) => value.values.map(text).join(''),
      'static valueOf(int)': (_self, value) => String(value),
      'static valueOf(long)': (_self, value) => value.toString(),
      'static valueOf(boolean)': (_self, value) => String(value),
      'static valueOf(char)': (_self, value) => value,
      'static copyValueOf(char[])': (_self, value) => value.values.map(text).join(''),
    }),
  ],
)

function checkIndex(index: number, self: string): number {
  if (index < 0 || index >= self.length)
    throw new JavaException(
      'java.lang.StringIndexOutOfBoundsException',
      `index ${index}, length ${self.length}`,
    )
  return index
}

function substring(self: string, from: number, to: number): string {
  if (from < 0 || to > self.length || from > to)
    throw new JavaException(
      'java.lang.StringIndexOutOfBoundsException',
      `begin ${from}, end ${to}, length ${self.length}`,
    )
  return self.slice(from, to)
}

function character(code: number): string {
  return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\u{10ffff}\u{10ffff}'
}

/** Takes everything up to the blank off both ends, as `String.trim`. */
function trim(self: string): string {
  let from = 0
  let to = self.length
  while (from < to && self.charCodeAt(from) <= 32) from++
  while (to > from && self.charCodeAt(to - 1) <= 32) to--
  return self.slice(from, to)
}

function repeat(self: string, count: number): string {
  if (count < 0) throw new JavaException('java.lang.IllegalArgumentException', `count is negative: ${count}`)
  checkedLength('', self.length * count)
  return self.repeat(count)
}

/** `String.join` takes texts only; null is the text `null`. */
function charSequence(value: Value): string {
  return value === null || typeof value === 'string'
    ? text(value)
    : cannotCast(value, 'java.lang.CharSequence')
}

function strings(values: string[]): JavaArray {
  return new JavaArray('[Ljava.lang.String;', values)
}

/** Texts beyond this are not taken apart unit by unit. */
function short(self: string): string {
  return checkedLength(self, self.length * 64)
}

function bytes(buffer: Buffer): JavaArray {
  return new JavaArray(
    '[B',
    [...new Int8Array(buffer)].map(value => new JavaSmall('java.lang.Byte', value)),
  )
}

function encodingOf(charset: string): BufferEncoding {
  switch (charset.toLowerCase()) {
    case 'utf-8':
    case 'utf8':
      return 'utf8'
    case 'iso-8859-1':
    case 'latin1':
      return 'latin1'
    case 'us-ascii':
    case 'ascii':
      return 'ascii'
    case 'utf-16le':
      return 'utf16le'
    default:
      throw new JavaException('java.io.UnsupportedEncodingException', charset)
  }
}

function compareIgnoringCase(left: string, right: string): number {
  return compareUnits(folded(left), folded(right))
}

/** Unit by unit, so that lengths stay: Java folds `ß` to itself. */
function folded(value: string): string {
  let result = ''
  for (let index = 0; index < value.length; index++) {
    const unit = value[index] ?? ''
    const upper = unit.toUpperCase()
    const lower = (upper.length === 1 ? upper : unit).toLowerCase()
    result += lower.length === 1 ? lower : unit
  }
  return result
}

function regionMatches(
  ignoreCase: boolean,
  self: string,
  at: number,
  other: string,
  from: number,
  length: number,
): boolean {
  if (at < 0 || from < 0 || at > self.length - length || from > other.length - length) return false
  if (length <= 0) return true
  const left = self.slice(at, at + length)
  const right = other.slice(from, from + length)
  return ignoreCase ? folded(left) === folded(right) : left === right
}

export function cannotCast(value: Value, wanted: string): never {
  const name = typeof value === 'object' ? (value?.className ?? 'null') : typeof value
  throw new JavaException('java.lang.ClassCastException', `class ${name} cannot be cast to class ${wanted}`)
}
