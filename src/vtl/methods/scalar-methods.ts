import { defineClass, methodsOf } from '../java/java-class.ts'
import { JavaCharacter } from '../java/number.ts'
import { text } from '../java/value.ts'
import { whitespace } from '../java/whitespace.ts'
import { objectClass } from './object-methods.ts'
import { cannotCast } from './string-methods.ts'

const blank = new RegExp(whitespace)

/** `java.lang.Boolean`. */
export const booleanClass = defineClass(
  'java.lang.Boolean',
  [objectClass],
  methodsOf<boolean>()({
    'booleanValue()': self => self,
    'compareTo(Boolean)': (self, other) => Number(self) - Number(other),
    'compareTo(Object)': (_self, other) => cannotCast(other, 'java.lang.Boolean'),
    'static compare(boolean,boolean)': (_self, a, b) => Number(a) - Number(b),
    'static parseBoolean(String)': (_self, value) => value.toLowerCase() === 'true',
    'static valueOf(String)': (_self, value) => value.toLowerCase() === 'true',
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
  methodsOf<JavaCharacter>()({
    'charValue()': self => self,
    'compareTo(Character)': (self, other) => self.value.charCodeAt(0) - text(other).charCodeAt(0),
    'compareTo(Object)': (_self, other) => cannotCast(other, 'java.lang.Character'),
    'static isDigit(char)': (_self, value) => /^\p{Nd}$/u.test(value),
    'static isLetter(char)': (_self, value) => /^\p{L}$/u.test(value),
    'static isLetterOrDigit(char)': (_self, value) => /^[\p{L}\p{Nd}]$/u.test(value),
    'static isUpperCase(char)': (_self, value) => /^\p{Uppercase}$/u.test(value),
    'static isLowerCase(char)': (_self, value) => /^\p{Lowercase}$/u.test(value),
    'static isWhitespace(char)': (_self, value) => blank.test(value),
    'static toUpperCase(char)': (_self, value) => new JavaCharacter(value.toUpperCase()),
    'static toLowerCase(char)': (_self, value) => new JavaCharacter(value.toLowerCase()),
    'static toString(char)': (_self, value) => value,
    'static valueOf(char)': (_self, value) => new JavaCharacter(value),
    'static getNumericValue(char)': (_self, value) =>
      /^[0-9a-z]$/i.test(value) ? Number.parseInt(value, 36) : -1,
  }),
)
