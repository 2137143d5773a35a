import { classNameOf } from '../java/class-object.ts'
import type { JavaClass } from '../java/java-class.ts'
import type { Value } from '../java/value.ts'
import { inputClass, utilClass } from './aws-methods.ts'
import { bigDecimalClass, bigIntegerClass } from './big-methods.ts'
import {
  arrayClass,
  entryClass,
  hashMapClass,
  immutableListClass,
  jsonArrayClass,
  linkedHashMapClass,
  listClass,
  mapViewClass,
  subListClass,
} from './collection-methods.ts'
import { iteratorClass, listIteratorClass } from './iterator-methods.ts'
import { integerClass, longClass } from './number-methods.ts'
import { classClass, objectClass } from './object-methods.ts'
import { byteClass, doubleClass, floatClass, shortClass } from './real-methods.ts'
import { booleanClass, characterClass } from './scalar-methods.ts'
import { blockClass, scopeClass } from './scope-methods.ts'
import { optionalClass, streamClass } from './stream-methods.ts'
import { stringClass } from './string-methods.ts'

/** Every class that a template can meet: the closed table of what is callable. */
const classes: ReadonlyMap<string, JavaClass> = new Map(
  [
    stringClass,
    integerClass,
    longClass,
    doubleClass,
    floatClass,
    shortClass,
    byteClass,
    bigIntegerClass,
    bigDecimalClass,
    booleanClass,
    characterClass,
    listClass,
    subListClass,
    jsonArrayClass,
    hashMapClass,
    linkedHashMapClass,
    classClass,
    scopeClass,
    blockClass,
    inputClass,
    utilClass,
    streamClass,
    optionalClass,
    listIteratorClass,
    immutableListClass,
  ].map(type => [type.name, type]),
)

const kinds: readonly (readonly [RegExp, JavaClass])[] = [
  [/^\[/, arrayClass],
  [/^java\.util\.(?:Linked)?HashMap\$(?:Linked)?(?:KeySet|Values|EntrySet)$/, mapViewClass],
  [/Iterator$|Itr$/, iteratorClass],
  [/\$Entry$/, entryClass],
  [/^java\.util\.ImmutableCollections\$List/, immutableListClass],
]

/** The class of a value: what can be called on it. */
export function classOf(value: Value): JavaClass {
  return classNamed(classNameOf(value))
}

/** The class with this name. */
export function classNamed(name: string): JavaClass {
  return classes.get(name) ?? kinds.find(([pattern]) => pattern.test(name))?.[1] ?? objectClass
}
