import type { JavaIterator } from '../java/collection.ts'
import { defineClass, methodsOf } from '../java/java-class.ts'
import type { JavaListIterator } from '../java/list-iterator.ts'
import { JavaException } from '../java/value.ts'
import { objectClass } from './object-methods.ts'

/** `java.util.Iterator`. */
export const iteratorClass = defineClass(
  'java.util.Iterator',
  [objectClass],
  methodsOf<JavaIterator>()({
    'hasNext()': self => self.hasNext(),
    'next()': self => self.next(),
    'remove()': self => {
      if (self.removeLast === undefined)
        throw new JavaException('java.lang.UnsupportedOperationException', 'remove')
      self.removeLast()
      return undefined
    },
  }),
)

/** `java.util.ListIterator`. */
export const listIteratorClass = defineClass(
  'java.util.ArrayList$ListItr',
  [objectClass],
  methodsOf<JavaListIterator>()({
    'hasNext()': self => self.hasNext(),
    'next()': self => self.next(),
    'hasPrevious()': self => self.nextIndex > 0,
    'previous()': self => self.previous(),
    'nextIndex()': self => self.nextIndex,
    'previousIndex()': self => self.nextIndex - 1,
    'set(Object)': (self, value) => {
      self.set(value)
      return undefined
    },
    'add(Object)': (self, value) => {
      self.add(value)
      return undefined
    },
    'remove()': self => {
      self.remove()
      return undefined
    },
  }),
)
