import { createHash } from 'node:crypto'
import type { Reader } from '../../stores/index.ts'
import { resourceNotFound } from './errors.ts'
import { parseReference } from './names.ts'
import { type ParameterRecord, parameters, type Scope } from './state.ts'

/** The hash with which a caller proves to know the policy's current text. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The caller's own parameter that an ARN names. */
export function sharedParameter(
  reader: Reader,
  scope: Scope,
  arn: string | undefined,
): { readonly key: readonly [string, string, string]; readonly record: ParameterRecord } {
  const reference = parseReference(arn ?? '', scope)
  const { account, region, path } = reference
  const own = reference.arn !== undefined && account === scope.account && region === scope.region
  const record = own ? parameters.get(reader, account, region, path) : undefined
  if (record === undefined) throw resourceNotFound()
  return { key: [account, region, path], record }
}
