import type { Ids } from '../../ports/index.ts'
import type { Reader, Writer } from '../../stores/index.ts'
import { invalidParameter, resourceNotFound } from './errors.ts'
import { getLatest } from './find.ts'
import { type Caller, parseName } from './names.ts'
import { functions, type LambdaState, mappings } from './state.ts'

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html */
export const mostTags = 50

/** Other tags give a function another revision, as recorded (LocalStack's test_lambda_api, test_tag_lifecycle). */
export function touchTagged(
  writer: Writer,
  ids: Ids,
  [account, region, resource]: readonly [string, string, string],
): void {
  const [kind, name = ''] = resource.split(':')
  const record = kind === 'function' ? functions.get(writer, account, region, name, 0) : undefined
  if (record) functions.put(writer, { ...record, revision: ids.uuid() }, account, region, name, 0)
}

/** The key of a tagged resource's tags. */
export function taggedKey(
  reader: Reader,
  caller: Caller & { readonly state: LambdaState },
  arn: string | undefined,
): readonly [string, string, string] {
  let { account, region } = caller
  const [kind = '', name = '', qualifier] = (arn ?? '').split(':').slice(5)
  if (qualifier !== undefined)
    throw invalidParameter(
      'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    )
  if (kind === 'function') {
    const reference = parseName(caller, arn)
    getLatest(reader, caller.state.host, reference)
    ;({ account, region } = reference)
  } else if (kind === 'event-source-mapping') {
    if (mappings.get(reader, account, region, name) === undefined)
      throw resourceNotFound(`Event source mapping not found: ${arn}`)
  } else throw resourceNotFound(`Capacity provider not found: ${arn}`)
  return [account, region, `${kind}:${name}`]
}
