import type { AccessKeyRecord } from '../../aws/index.ts'
import type { Reader } from '../../stores/index.ts'
import { noSuchEntity } from './errors.ts'
import { type IamContext, tables } from './state.ts'

/** A user's key, or NoSuchEntity. */
export function accessKeyOfUser(
  reader: Reader,
  { account }: IamContext,
  userName: string | undefined,
  id: string,
): AccessKeyRecord {
  const key = tables.accessKeys.get(reader, id)
  if (key?.account !== account || (userName !== undefined && key.userName !== userName))
    throw noSuchEntity(`The Access Key with id ${id} cannot be found.`)
  return key
}
