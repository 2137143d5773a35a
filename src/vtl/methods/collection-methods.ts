import { JavaArray } from '../java/array.ts'
import { classNameOf } from '../java/class-object.ts'
import { type JavaCollection, JavaList, outOfBounds } from '../java/collection.ts'
import { ImmutableList } from '../java/immutable-list.ts'
import { defineClass, methodsOf } from '../java/java-class.ts'
import { JavaListIterator } from '../java/list-iterator.ts'
import { JavaEntry, JavaMap, JavaMapView } from '../java/map.ts'
import { compareNaturally } from '../java/natural-order.ts'
import { JavaStream } from '../java/stream.ts'
import { JavaSubList } from '../java/sub-list.ts'
import { equal, JavaException, type Value } from '../java/value.ts'
import { objectClass } from './object-methods.ts'

/** What `java.util.Collection` offers to read. */
export const collectionClass = defineClass(
  'java.util.Collection',
  [objectClass],
  methodsOf<JavaCollection>()({
    'size()': self => self.size(),
    'isEmpty()': self => self.size() === 0,
    'contains(Object)': (self, value) => self.contains(value),
    'containsAll(Collection)': (self, other) => self.containsEach(other.items()),
    'iterator()': self => self.iterator(),
    'toArray()': self => new JavaArray('[Ljava.lang.Object;', [...self.items()]),
    'toArray(Object[])': self => new JavaArray('[Ljava.lang.Object;', [...self.items()]),
    'stream()': self => new JavaStream(self.items()),
    'forEach(Function)': () => undefined,
    'removeIf(Function)': () => undefined,
  }),
)

/** `java.util.ArrayList`. */
export const listClass = defineClass(
  'java.util.ArrayList',
  [collectionClass],
  methodsOf<JavaList>()({
    'get(int)': (self, index) => self.get(index),
    'set(int,Object)': (self, index, value) => self.set(index, value),
    'add(Object)': (self, value) => {
      self.insert(self.size(), [value])
      return true
    },
    'add(int,Object)': (self, index, value) => {
      self.insert(index, [value])
      return undefined
    },
    'addAll(Collection)': (self, other) => {
      const added = [...other.items()]
      self.insert(self.size(), added)
      return added.length > 0
    },
    'addAll(int,Collection)': (self, index, other) => {
      const added = [...other.items()]
      self.insert(index, added)
      return added.length > 0
    },
    'remove(int)': (self, index) => self.removeAt(index),
    'remove(Object)': (self, value) => {
      const index = self.values.findIndex(item => equal(value, item))
      if (index >= 0) self.removeAt(index)
      return index >= 0
    },
    'removeAll(Collection)': (self, other) => self.filter(item => !other.contains(item), other.size()),
    'retainAll(Collection)': (self, other) => self.filter(item => other.contains(item), other.size()),
    'clear()': self => {
      self.filter(() => false)
      return undefined
    },
    'indexOf(Object)': (self, value) => self.values.findIndex(item => equal(value, item)),
    'lastIndexOf(Object)': (self, value) => self.values.findLastIndex(item => equal(value, item)),
    'sort(Function)': self => {
      self.sort(compareNaturally)
      return undefined
    },
    'replaceAll(Function)': () => undefined,
    'subList(int,int)': subList,
    'clone()': self => new JavaList([...self.values]),
    'listIterator()': self => new JavaListIterator(self, 0),
    'listIterator(int)': (self, from) => new JavaListIterator(self, from),
    'ensureCapacity(int)': () => undefined,
    'trimToSize()': () => undefined,
    'static of(Object[])': (_self, values) => new ImmutableList([...values]),
    'static copyOf(Collection)': (_self, other) => new ImmutableList([...other.items()]),
  }),
)

function subList(self: JavaList, from: number, to: number): Value {
  if (from < 0) throw outOfBounds(`fromIndex = ${from}`)
  if (to > self.size()) throw outOfBounds(`toIndex = ${to}`)
  if (from > to)
    throw new JavaException('java.lang.IllegalArgumentException', `fromIndex(${from}) > toIndex(${to})`)
  return new JavaSubList(self, from, to)
}

export const subListClass = defineClass(
  'java.util.ArrayList$SubList',
  [collectionClass],
  [...listClass.methods.values()].flat(),
)

/** The list that `$input.path` gives: an ArrayList that prints as JSON. */
export const jsonArrayClass = defineClass(
  'net.minidev.json.JSONArray',
  [listClass],
  methodsOf<JavaList>()({
    'toJSONString()': self => self.print(),
    'appendElement(Object)': (self, value) => {
      self.insert(self.size(), [value])
      return self
    },
  }),
)

/** Arrays: Velocity gives them a list's methods. */
export const arrayClass = defineClass(
  'array',
  [objectClass],
  methodsOf<JavaArray>()({
    'size()': self => self.values.length,
    'isEmpty()': self => self.values.length === 0,
    'get(int)': (self, index) => self.values[arrayIndex(self, index)] ?? null,
    'set(int,Object)': (self, index, value) => {
      const old = self.values[arrayIndex(self, index)] ?? null
      checkElement(self, value)
      self.values[index] = value
      return old
    },
    'contains(Object)': (self, value) => self.values.some(item => equal(value, item)),
    'indexOf(Object)': (self, value) => self.values.findIndex(item => equal(value, item)),
    'lastIndexOf(Object)': (self, value) => self.values.findLastIndex(item => equal(value, item)),
    'containsAll(Collection)': (self, other) =>
      other.items().every(item => self.values.some(mine => equal(item, mine))),
    'iterator()': self => new JavaList(self.values).iterator(),
    'subList(int,int)': (self, from, to) => subList(new JavaList(self.values), from, to),
    'toArray()': self => new JavaArray('[Ljava.lang.Object;', [...self.values]),
    'stream()': self => new JavaStream(self.values),
    'listIterator()': self => new JavaListIterator(new JavaList(self.values), 0),
    'toArray(Object[])': self => new JavaArray('[Ljava.lang.Object;', [...self.values]),
    // The length is fixed: what would change it is refused, what changes nothing is not.
    'add(Object)': () => unsupported(),
    'add(int,Object)': () => unsupported(),
    'addAll(Collection)': (_self, other) => other.size() > 0 && unsupported(),
    'addAll(int,Collection)': (_self, _index, other) => other.size() > 0 && unsupported(),
    'remove(int)': () => unsupported(),
    'remove(Object)': (self, value) => self.values.some(item => equal(value, item)) && unsupported(),
    'removeAll(Collection)': (self, other) => self.values.some(item => other.contains(item)) && unsupported(),
    'retainAll(Collection)': (self, other) =>
      self.values.some(item => !other.contains(item)) && unsupported(),
    'clear()': self => (self.values.length > 0 ? unsupported() : undefined),
  }),
)

const elementClasses: Readonly<Record<string, string>> = {
  '[Ljava.lang.String;': 'java.lang.String',
  '[C': 'java.lang.Character',
  '[B': 'java.lang.Byte',
}

/** An array takes only what it is made for. */
function checkElement(self: JavaArray, value: Value): void {
  const wanted = elementClasses[self.className]
  if (wanted !== undefined && classNameOf(value) !== wanted)
    throw new JavaException('java.lang.IllegalArgumentException', 'argument type mismatch')
}

function arrayIndex(self: JavaArray, index: number): number {
  if (index < 0 || index >= self.values.length)
    throw new JavaException(
      'java.lang.ArrayIndexOutOfBoundsException',
      `Index ${index} out of bounds for length ${self.values.length}`,
    )
  return index
}

function unsupported(): never {
  throw new JavaException('java.lang.UnsupportedOperationException', '')
}

/** `java.util.Map`. */
export const mapClass = defineClass(
  'java.util.Map',
  [objectClass],
  methodsOf<JavaMap>()({
    'get(Object)': (self, key) => self.get(key),
    'put(Object,Object)': (self, key, value) => self.put(key, value),
    'remove(Object)': (self, key) => self.remove(key),
    'remove(Object,Object)': (self, key, value) => {
      if (!self.has(key) || !equal(self.get(key), value)) return false
      self.remove(key)
      return true
    },
    'containsKey(Object)': (self, key) => self.has(key),
    'containsValue(Object)': (self, value) => self.keys().some(key => equal(value, self.get(key))),
    'size()': self => self.size(),
    'isEmpty()': self => self.size() === 0,
    'keySet()': self => new JavaMapView(self, 'keys'),
    'values()': self => new JavaMapView(self, 'values'),
    'entrySet()': self => new JavaMapView(self, 'entries'),
    'putAll(Map)': (self, other) => {
      for (const key of other.keys()) self.put(key, other.get(key))
      return undefined
    },
    'clear()': self => {
      self.clear()
      return undefined
    },
    'getOrDefault(Object,Object)': (self, key, otherwise) => (self.has(key) ? self.get(key) : otherwise),
    'putIfAbsent(Object,Object)': (self, key, value) => {
      const old = self.get(key)
      if (old === null) self.put(key, value)
      return old
    },
    'replace(Object,Object)': (self, key, value) => (self.has(key) ? self.put(key, value) : null),
    'replace(Object,Object,Object)': (self, key, old, value) => {
      if (!self.has(key) || !equal(self.get(key), old)) return false
      self.put(key, value)
      return true
    },
    'static entry(Object,Object)': (_self, key, value) => {
      if (key === null || value === null) throw new JavaException('java.lang.NullPointerException', '')
      return new JavaEntry(new JavaMap(new Map([[key, value]])), key)
    },
    'forEach(Function)': () => undefined,
    'replaceAll(Function)': () => undefined,
    'compute(Object,Function)': () => undefined,
    'computeIfAbsent(Object,Function)': () => undefined,
    'computeIfPresent(Object,Function)': () => undefined,
    'merge(Object,Object,Function)': () => undefined,
    'clone()': self => {
      const copy = new JavaMap()
      for (const key of self.keys()) copy.put(key, self.get(key))
      return copy
    },
  }),
)

/** `java.util.ImmutableCollections`' lists. */
export const immutableListClass = defineClass('java.util.ImmutableCollections$ListN', [listClass], [])

export const hashMapClass = defineClass('java.util.HashMap', [mapClass], [])
export const linkedHashMapClass = defineClass('java.util.LinkedHashMap', [hashMapClass], [])

/** The views of a map: items can go, none can come. */
export const mapViewClass = defineClass(
  'java.util.Set',
  [collectionClass],
  methodsOf<JavaMapView>()({
    'remove(Object)': (self, value) => self.removeFirst(item => equal(value, item)),
    'removeAll(Collection)': (self, other) => removeWhere(self, item => other.contains(item)),
    'retainAll(Collection)': (self, other) => removeWhere(self, item => !other.contains(item)),
    'clear()': self => {
      self.map.clear()
      return undefined
    },
    'add(Object)': () => unsupported(),
    'addAll(Collection)': (_self, other) => other.size() > 0 && unsupported(),
  }),
)

function removeWhere(self: JavaMapView, matches: (item: Value) => boolean): boolean {
  let removed = false
  while (self.removeFirst(matches)) removed = true
  return removed
}

/** `java.util.Map.Entry`. */
export const entryClass = defineClass(
  'java.util.Map$Entry',
  [objectClass],
  methodsOf<JavaEntry>()({
    'getKey()': self => self.key,
    'getValue()': self => self.value,
    'setValue(Object)': (self, value) => self.setValue(value),
  }),
)
