import { JavaArray } from '../java/array.ts'
import { JavaList } from '../java/collection.ts'
import { defineClass, methodsOf } from '../java/java-class.ts'
import { JavaLong } from '../java/number.ts'
import { JavaOptional, JavaStream } from '../java/stream.ts'
import { equal, JavaException, type Value } from '../java/value.ts'
import { objectClass } from './object-methods.ts'

/** `java.util.stream.Stream`: what needs no function. */
export const streamClass = defineClass(
  'java.util.stream.ReferencePipeline$Head',
  [objectClass],
  methodsOf<JavaStream>()({
    'count()': self => new JavaLong(BigInt(self.values.length)),
    'limit(long)': (self, count) => new JavaStream(self.values.slice(0, Number(count))),
    'skip(long)': (self, count) => new JavaStream(self.values.slice(Number(count))),
    'distinct()': self =>
      new JavaStream(
        self.values.filter((value, index) => self.values.findIndex(other => equal(value, other)) === index),
      ),
    'findFirst()': self => new JavaOptional(self.values[0] ?? null),
    'findAny()': self => new JavaOptional(self.values[0] ?? null),
    'iterator()': self => new JavaList([...self.values]).iterator(),
    'toArray()': self => new JavaArray('[Ljava.lang.Object;', [...self.values]),
    'toList()': self => new JavaList([...self.values]),
    'isParallel()': () => false,
  }),
)

/** `java.util.Optional`. */
export const optionalClass = defineClass(
  'java.util.Optional',
  [objectClass],
  methodsOf<JavaOptional>()({
    'get()': self => present(self),
    'orElseThrow()': self => present(self),
    'isPresent()': self => self.value !== null,
    'isEmpty()': self => self.value === null,
    'orElse(Object)': (self, otherwise) => self.value ?? otherwise,
  }),
)

function present(self: JavaOptional): Value {
  if (self.value === null) throw new JavaException('java.util.NoSuchElementException', 'No value present')
  return self.value
}
