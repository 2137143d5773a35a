import { JavaClassObject } from '../java/class-object.ts'
import { defineClass, methodsOf } from '../java/java-class.ts'
import { equal, hash, JavaException, print, type Value } from '../java/value.ts'

/** `java.lang.Object`: what every value can do. */
export const objectClass = defineClass(
  'java.lang.Object',
  [],
  methodsOf<Value>()({
    'toString()': self => print(self),
    'equals(Object)': (self, other) => equal(self, other),
    'hashCode()': self => hash(self),
    'getClass()': self => new JavaClassObject(self),
    'notify()': () => notOwner(),
    'notifyAll()': () => notOwner(),
    'wait()': () => notOwner(),
  }),
)

function notOwner(): never {
  throw new JavaException('java.lang.IllegalMonitorStateException', 'current thread is not owner')
}

/** `java.lang.Class`, as far as names go: nothing can be loaded or made through it. */
export const classClass = defineClass(
  'java.lang.Class',
  [objectClass],
  methodsOf<JavaClassObject>()({
    'getName()': self => self.name,
    'getSimpleName()': self => self.simpleName(),
    'getTypeName()': self => self.name,
    'getCanonicalName()': self => self.name.replaceAll('$', '.'),
    'getPackageName()': self => self.name.slice(0, Math.max(0, self.name.lastIndexOf('.'))),
    'isArray()': self => self.name.startsWith('['),
    'isInterface()': () => false,
    'isEnum()': () => false,
    'isPrimitive()': () => false,
  }),
)
