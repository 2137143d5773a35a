import { gunzipSync } from 'node:zlib'
import type { ImportTableCommandInput } from '@aws-sdk/client-dynamodb'
import { checkItemKeys } from './check-keys.ts'
import { csvRows } from './csv.ts'
import { validationException } from './errors.ts'
import { keyAttributes, type Table } from './table.ts'
import type { AttributeValue, Item } from './values/attribute-value.ts'
import { checkValue } from './values/check-value.ts'
import { itemSize, maximumItemSize } from './values/item-size.ts'
import type { Wire } from './wire.ts'

type Input = Pick<
  Wire<ImportTableCommandInput>,
  'InputFormat' | 'InputFormatOptions' | 'InputCompressionType'
>

/** What one line of a file holds: an item, or why it is none. */
export type ImportedItem = Item | Error

/** The items of one file. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataImport.Format.html */
export function* itemsOfFile(bytes: Uint8Array, input: Input, table: Table): Iterable<ImportedItem> {
  const text = Buffer.from(input.InputCompressionType === 'GZIP' ? gunzipSync(bytes) : bytes).toString()
  if (input.InputFormat === 'CSV') yield* csvItems(text, input, table)
  else for (const line of text.split(/\r?\n/)) if (line.trim() !== '') yield jsonItem(line, table)
}

function jsonItem(line: string, table: Table): ImportedItem {
  try {
    const { Item: item } = JSON.parse(line) as { readonly Item?: Item }
    if (typeof item !== 'object' || item === null) return new Error('the line has no "Item"')
    return checked(item, table)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** Keys have their attributes' types, everything else is text. */
function* csvItems(
  text: string,
  { InputFormatOptions: options }: Input,
  table: Table,
): Iterable<ImportedItem> {
  const types = new Map(
    [table.key, ...table.indexes.map(({ key }) => key)]
      .flatMap(keyAttributes)
      .map(({ name, type }) => [name, type]),
  )
  let header: readonly string[] | undefined = options?.Csv?.HeaderList
  for (const row of csvRows(text, options?.Csv?.Delimiter ?? ',')) {
    if (header === undefined) {
      header = row
      continue
    }
    if (row.length !== header.length) {
      yield new Error(`a line of ${row.length} cells under a header of ${header.length}`)
      continue
    }
    const item: Record<string, AttributeValue> = Object.create(null)
    for (const [at, name] of header.entries()) {
      const cell = row[at] ?? ''
      item[name] = { [types.get(name) ?? 'S']: cell } as AttributeValue
    }
    try {
      yield checked(item, table)
    } catch (error) {
      yield error instanceof Error ? error : new Error(String(error))
    }
  }
}

/** What PutItem would check. */
function checked(item: Item, table: Table): Item {
  for (const value of Object.values(item)) {
    const problem = checkValue(value)
    if (problem !== undefined) throw validationException(problem)
  }
  checkItemKeys(table, item)
  if (itemSize(item) > maximumItemSize)
    throw validationException('Item size has exceeded the maximum allowed size')
  return item
}
