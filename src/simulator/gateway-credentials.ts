import type { Identity } from '../aws/index.ts'
import type { ServiceCredentials } from '../gateway/index.ts'

/** Who signs the gateway's calls of other services: a role, the caller, or the gateway's own role. */
export function gatewayCredentials(
  identity: Identity,
  account: string,
): (as: Parameters<Identity['actAs']>[0] | string | undefined) => Promise<ServiceCredentials> {
  return as =>
    typeof as === 'object'
      ? identity.actAs(as)
      : identity.issueRoleCredentials(
          as ?? `arn:aws:iam::${account}:role/apigateway`,
          'BackplaneAssumeRoleSession',
        )
}
