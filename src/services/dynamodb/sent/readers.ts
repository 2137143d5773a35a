import type { Item } from '../values/attribute-value.ts'
import { liftItems } from './lift-items.ts'
import { SentItem } from './sent-item.ts'

type Reader = (body: Uint8Array, decode: (rest: Uint8Array) => unknown) => unknown

/** By operation: reads an input, all but the items that are put, which stay in the body; undefined where it cannot. */
export const readers: Readonly<Record<string, Reader>> = {
  PutItem(body, decode) {
    const lifted = liftItems(body, ['Item'])
    if (lifted === undefined) return undefined
    const input = decode(lifted.rest) as HasItem
    putBack(input, lifted.items)
    return input
  },
  BatchWriteItem(body, decode) {
    const lifted = liftItems(body, ['RequestItems', '*', '[]', 'PutRequest', 'Item'])
    if (lifted === undefined) return undefined
    const input = decode(lifted.rest) as {
      readonly RequestItems?: Readonly<Record<string, readonly { readonly PutRequest?: HasItem }[]>>
    }
    for (const writes of Object.values(input.RequestItems ?? {}))
      for (const { PutRequest: put } of writes) if (put !== undefined) putBack(put, lifted.items)
    return input
  },
}

/** Inputs are typed as the SDK has them; what stands for an item is only looked into by `sentItem` and `wholeItem`. */
interface HasItem {
  Item?: Item | SentItem
}

function putBack(member: HasItem, items: readonly SentItem[]): void {
  for (const place in member.Item) {
    const item = items[Number(place)]
    if (item === undefined) throw new Error('a body had an item that was not lifted')
    member.Item = item
  }
}

/** An item that an operation was given, where it is as it stands in the request. */
export const sentItem = (item: Item | undefined): SentItem | undefined =>
  item instanceof SentItem ? item : undefined

/** An item that an operation was given, parsed if it was not. */
export const wholeItem = (item: Item): Item => (item instanceof SentItem ? item.item() : item)
