import { defineClass, type JavaMethod, methodsOf } from '../java/java-class.ts'
import { JavaCharacter } from '../java/number.ts'
import { text, type Value } from '../java/value.ts'
import { whitespace } from '../java/whitespace.ts'
import { objectClass } from './object-methods.ts'
import { cannotCast } from './string-methods.ts'

const blank = new RegExp(`^${whitespace}$`)

/** What `Character` can tell of a unit or a code point. */
const tests: readonly (readonly [name: string, holds: (point: string) => boolean])[] = [
  ['isDigit', point => /^\p{Nd}$/u.test(point)],
  ['isLetter', point => /^\p{L}$/u.test(point)],
  ['isLetterOrDigit', point => /^[\p{L}\p{Nd}]$/u.test(point)],
  ['isUpperCase', point => /^\p{Uppercase}$/u.test(point)],
  ['isLowerCase', point => /^\p{Lowercase}$/u.test(point)],
  ['isWhitespace', point => blank.test(point)],
  ['isSpaceChar', point => /^\p{Z}$/u.test(point)],
  ['isISOControl', point => /^\p{Cc}$/u.test(point)],
  ['isDefined', point => !/^\p{Cn}$/u.test(point)],
  ['isIdeographic', point => /^\p{Ideographic}$/u.test(point)],
]

/** What Java reads a text as; null is false. */
function isTrue(written: string | null): boolean {
  return written?.toLowerCase() === 'true'
}

/** `java.lang.Boolean`. */
export const booleanClass = defineClass(
  'java.lang.Boolean',
  [objectClass],
  methodsOf<boolean>()({
    'booleanValue()': self => self,
    'compareTo(Boolean)': (self, other) => Number(self) - Number(other),
    'compareTo(Object)': (_self, other) => cannotCast(other, 'java.lang.Boolean'),
    'static compare(boolean,boolean)': (_self, a, b) => Number(a) - Number(b),
    'static parseBoolean(String)': (_self, value) => isTrue(value),
    'static valueOf(String)': (_self, value) => isTrue(value),
    'static valueOf(boolean)': (_self, value) => value,
    'static toString(boolean)': (_self, value) => String(value),
    'static hashCode(boolean)': (_self, value) => (value ? 1231 : 1237),
    'static getBoolean(String)': () => false,
    'static logicalAnd(boolean,boolean)': (_self, a, b) => a && b,
    'static logicalOr(boolean,boolean)': (_self, a, b) => a || b,
    'static logicalXor(boolean,boolean)': (_self, a, b) => a !== b,
  }),
)

/** `java.lang.Character`. */
export const characterClass = defineClass(
  'java.lang.Character',
  [objectClass],
  [
    ...tests.flatMap(([name, holds]) =>
      ['char', 'int'].map(
        (type): JavaMethod => ({
          name,
          parameters: [type as 'char' | 'int'],
          isStatic: true,
          invoke: (_self: Value, unit: string | number) =>
            holds(
              typeof unit === 'number' ? String.fromCodePoint(Math.max(0, Math.min(unit, 0x10ffff))) : unit,
            ),
        }),
      ),
    ),
    ...methodsOf<JavaCharacter>()({
      'charValue()': self => self,
      'compareTo(Character)': (self, other) => self.value.charCodeAt(0) - text(other).charCodeAt(0),
      'compareTo(Object)': (_self, other) => cannotCast(other, 'java.lang.Character'),
      'static toUpperCase(char)': (_self, value) => new JavaCharacter(value.toUpperCase()),
      'static toLowerCase(char)': (_self, value) => new JavaCharacter(value.toLowerCase()),
      'static toString(char)': (_self, value) => value,
      'static valueOf(char)': (_self, value) => new JavaCharacter(value),
      'static getNumericValue(char)': (_self, value) =>
        /^[0-9a-z]$/i.test(value) ? Number.parseInt(value, 36) : -1,
      'static toUpperCase(int)': (_self, code) =>
        String.fromCodePoint(code).toUpperCase().codePointAt(0) ?? 0,
      'static toLowerCase(int)': (_self, code) =>
        String.fromCodePoint(code).toLowerCase().codePointAt(0) ?? 0,
      'static getNumericValue(int)': (_self, code) =>
        /^[0-9a-z]$/i.test(String.fromCodePoint(code)) ? Number.parseInt(String.fromCodePoint(code), 36) : -1,
      'static isAlphabetic(int)': (_self, code) => /^\p{Alphabetic}$/u.test(String.fromCodePoint(code)),
      'static isValidCodePoint(int)': (_self, code) => code >= 0 && code <= 0x10ffff,
      'static charCount(int)': (_self, code) => (code >= 0x10000 ? 2 : 1),
      'static toString(int)': (_self, code) => String.fromCodePoint(code),
      'static hashCode(char)': (_self, value) => value.charCodeAt(0),
      'static compare(char,char)': (_self, a, b) => a.charCodeAt(0) - b.charCodeAt(0),
    }),
  ],
)
