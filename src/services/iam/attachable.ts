import { managedDocument } from '../../aws/index.ts'
import type { Reader } from '../../stores/index.ts'
import { noSuchEntity } from './errors.ts'
import type { IamContext } from './state.ts'

/** Refuses a policy that is not there. */
export function attachable(reader: Reader, { account }: IamContext, arn: string): string {
  if (managedDocument(reader, account, arn) === undefined)
    throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`)
  return arn
}

/** The name of a managed policy: the last part of its ARN. */
export function policyNameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

/** The path of a managed policy: what stands between `policy` and its name. */
export function policyPathOf(arn: string): string {
  return arn.slice(arn.indexOf(':policy/') + ':policy'.length, arn.lastIndexOf('/') + 1)
}
