import type { Reader } from '../../stores/index.ts'
import { invalidName, resourceNotFound } from './errors.ts'
import { type Scope, type SecretRecord, secrets } from './state.ts'

/** A secret with the place where it is kept. */
export interface Located {
  readonly scope: Scope
  readonly secret: SecretRecord
}

const namePattern = /^[A-Za-z0-9/_+=.@!-]+$/
const arnPattern = /^arn:[^:]+:secretsmanager:([^:]+):(\d{12}):secret:(.+)$/
/** What the random ending of an ARN looks like; a name with such an ending cannot be found by a partial ARN. */
const endingPattern = /-[A-Za-z0-9]{6}$/

/** Refuses names that AWS refuses. */
export function checkName(name: string): string {
  if (!namePattern.test(name)) throw invalidName()
  return name
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}

/** The ARN without the random ending. */
export const arnBase = ({ account, region }: Scope, name: string): string =>
  `arn:${partitionOf(region)}:secretsmanager:${region}:${account}:secret:${name}`

/** Where a secret id points to; the names that it may mean, the likelier first. */
function parse(
  secretId: string,
  scope: Scope,
): { readonly scope: Scope; readonly names: readonly string[]; readonly arn?: string } {
  const arn = arnPattern.exec(secretId)
  if (arn === null) {
    if (secretId.startsWith('arn:')) throw resourceNotFound()
    return { scope, names: [checkName(secretId)] }
  }
  const [, region = '', account = '', resource = ''] = arn
  const names = endingPattern.test(resource) ? [resource.replace(endingPattern, '')] : [resource]
  return { scope: { account, region }, names, arn: secretId }
}

/**
 * Finds a secret by name, ARN, or ARN without its ending.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
 */
export function findSecret(reader: Reader, secretId: string, scope: Scope): Located | undefined {
  const { scope: where, names, arn } = parse(secretId, scope)
  for (const name of names) {
    const secret = secrets.get(reader, where.account, where.region, name)
    if (secret === undefined) continue
    if (arn === undefined || arn === secret.arn || !endingPattern.test(arn)) return { scope: where, secret }
  }
  return undefined
}

/** As `findSecret`; throws AWS's error where there is none. */
export function locateSecret(reader: Reader, secretId: string | undefined, scope: Scope): Located {
  const located = findSecret(reader, secretId ?? '', scope)
  if (located === undefined) throw resourceNotFound()
  return located
}
