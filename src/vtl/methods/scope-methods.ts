import type { ForeachScope } from '../java/foreach-scope.ts'
import { defineClass, methodsOf } from '../java/java-class.ts'
import { mapClass } from './collection-methods.ts'
import { objectClass } from './object-methods.ts'

/** `$foreach`: where a loop stands. */
export const scopeClass = defineClass(
  'org.apache.velocity.runtime.directive.ForeachScope',
  [mapClass],
  methodsOf<ForeachScope>()({
    'getIndex()': self => self.index,
    'getCount()': self => self.index + 1,
    'hasNext()': self => self.next,
    'getHasNext()': self => self.next,
    'isFirst()': self => self.index < 1,
    'getFirst()': self => self.index < 1,
    'isLast()': self => !self.next,
    'getLast()': self => !self.next,
    'getParent()': self => self.parent,
    'getTopmost()': self => self.topmost(),
    'getReplaced()': self => self.replaced,
  }),
)

/** What `#define` makes: it has no methods but the common ones. */
export const blockClass = defineClass(
  'org.apache.velocity.runtime.directive.Block$Reference',
  [objectClass],
  [],
)
