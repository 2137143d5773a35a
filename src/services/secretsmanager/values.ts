import type { Writer } from '../../stores/index.ts'
import { invalidParameter, invalidRequest, tokenInUse } from './errors.ts'
import type { Located } from './secret-ids.ts'
import { current, moveStages, putVersions, versionsOf } from './stages.ts'
import type { SecretRecord, VersionRecord } from './state.ts'

/** A value as operations take it. */
export interface SecretValue {
  readonly SecretString?: string | undefined
  readonly SecretBinary?: Uint8Array | undefined
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
const longestValue = 65_536

/** The value in the form of a version's record; undefined where neither form was given. */
export function contentOf({
  SecretString,
  SecretBinary,
}: SecretValue): Pick<VersionRecord, 'text' | 'binary'> | undefined {
  if (SecretString !== undefined && SecretBinary !== undefined)
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    )
  const size = SecretBinary?.length ?? Buffer.byteLength(SecretString ?? '')
  if (size > longestValue) throw invalidParameter(`The secret value can have at most ${longestValue} bytes.`)
  if (SecretBinary !== undefined) return { binary: Buffer.from(SecretBinary).toString('base64') }
  return SecretString === undefined ? undefined : { text: SecretString }
}

/** The token that names the version; SDKs fill it in, bare requests have to. */
export function tokenOf(token: string | undefined): string {
  if (token === undefined)
    throw invalidRequest('You must provide a ClientRequestToken value. We recommend a UUID-type value.')
  return token
}

/**
 * Writes a value as a new version, or as the value of the version that rotation has announced, and moves the stages.
 * The same token with the same value is the same request again and changes nothing.
 */
export function addVersion(
  writer: Writer,
  located: Located,
  value: Pick<VersionRecord, 'text' | 'binary'>,
  request: { readonly token: string; readonly stages: readonly string[]; readonly now: number },
): { readonly secret: SecretRecord; readonly version: VersionRecord } {
  const { secret } = located
  const { token, now } = request
  const all = versionsOf(writer, located)
  const existing = all.find(({ id }) => id === token)
  const hasValue = existing?.text !== undefined || existing?.binary !== undefined
  if (existing !== undefined && hasValue) {
    if (existing.text !== value.text || existing.binary !== value.binary) throw tokenInUse(token, secret.arn)
    return { secret, version: existing }
  }
  const stages = all.some(one => one.stages.includes(current))
    ? request.stages
    : [...new Set([current, ...request.stages])]
  const sequence = secret.sequence + 1
  const fresh: VersionRecord = { id: token, sequence, created: now, stages: existing?.stages ?? [], ...value }
  const moved = moveStages([...all.filter(one => one !== existing), fresh], token, stages)
  const next: SecretRecord = { ...secret, sequence, changed: now }
  putVersions(writer, { ...located, secret: next }, moved)
  return { secret: next, version: moved.find(({ id }) => id === token) ?? fresh }
}
