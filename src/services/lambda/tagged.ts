import type { Reader } from '../../stores/index.ts'
import { functionNotFound, invalidParameter, resourceNotFound } from './errors.ts'
import { findLatest } from './find.ts'
import { arnOf } from './names.ts'
import { type LambdaState, mappings, type Scope } from './state.ts'

/** The key of a tagged resource's tags: its ARN without account and region. */
export function taggedKey(
  reader: Reader,
  { host }: LambdaState,
  scope: Scope,
  arn: string | undefined,
): string {
  const [kind = '', name = '', qualifier] = (arn ?? '').split(':').slice(5)
  if (qualifier !== undefined)
    throw invalidParameter(
      'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    )
  if (kind === 'function') {
    if (findLatest(reader, host, name) === undefined) throw functionNotFound(arnOf(scope, { name }))
  } else if (kind === 'event-source-mapping') {
    if (mappings.get(reader, name) === undefined)
      throw resourceNotFound(`Event source mapping not found: ${arn}`)
  } else throw resourceNotFound(`Capacity provider not found: ${arn}`)
  return `${kind}:${name}`
}
