import { expect, test } from 'vitest'
import { listedFirst, listedObject } from '../../../../../src/services/s3/objects/listed-object.ts'
import type { ObjectRecord } from '../../../../../src/services/s3/objects/object-record.ts'

const plain: ObjectRecord = {
  version: 'null',
  seq: 7,
  modified: 1_790_000_000_123,
  size: 10,
  etag: '0123456789abcdef0123456789abcdef',
  pieces: [{ inline: 7, size: 10 }],
  owner: '000000000000',
  headers: { ContentType: 'text/plain' },
  metadata: {},
}
const kept = (record: ObjectRecord): string => Buffer.from(JSON.stringify(record)).toString('latin1')
const shown = ({ modified, owner, size, etag, storageClass, checksum }: ObjectRecord) => ({
  ...{ modified, owner, size, etag, storageClass },
  ...{ algorithm: checksum?.algorithm, type: checksum?.type },
})
const read = (text: string) => {
  const found = listedObject(text)
  return found && shown(found as ObjectRecord)
}

const records: Readonly<Record<string, ObjectRecord>> = {
  plain,
  'a class': { ...plain, storageClass: 'GLACIER_IR' },
  'a checksum': { ...plain, checksum: { algorithm: 'SHA256', value: 'aGVsbG8=', type: 'FULL_OBJECT' } },
  both: {
    ...plain,
    storageClass: 'STANDARD_IA',
    checksum: { algorithm: 'CRC32', value: 'AAAAAA==-2', type: 'COMPOSITE' },
  },
  'a name that lists show, in metadata': { ...plain, metadata: { storageClass: 'GLACIER', é: '","size":5' } },
  'an odd owner': { ...plain, owner: 'some"body' },
}

test.each(Object.entries(records))(
  'a list shows the same of %s, in whatever order it is kept',
  (_, record) => {
    expect(read(kept(listedFirst(record)))).toEqual(shown(record))
    expect(read(kept(record))).toEqual(shown(record))
  },
)

test('nothing of a record is lost when it is put in the order of lists', () => {
  for (const record of Object.values(records)) expect(listedFirst(record)).toEqual(record)
})

test('a list shows no delete marker', () => {
  expect(listedObject(kept(listedFirst({ ...plain, marker: true })))).toBeUndefined()
  expect(listedObject(kept({ ...plain, marker: true }))).toBeUndefined()
})
