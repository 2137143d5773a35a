import { invalidIdentityToken } from './errors.ts'
import type { StsContext } from './state.ts'
import { checkTokenSignature } from './token-signature.ts'
import type { WebIdentity } from './web-identity.ts'

/**
 * Refuses a token that its issuer did not sign. Where the issuer's keys cannot be known on this machine the token is
 * believed, and terminal and journal say so.
 */
export async function checkIssuer(
  context: StsContext,
  { issuer, provider }: WebIdentity,
  token: string,
): Promise<void> {
  const keys = issuer === undefined ? undefined : await context.state.tokenKeys(issuer)
  if (keys === undefined) {
    context.log.warn(
      { provider, requestId: context.requestId },
      `The signature of a web identity token of ${provider} was not checked: its keys are not known here. Give them as openIdKeys in the configuration to have it checked.`,
    )
    context.emit({ type: 'WebIdentitySignatureUnchecked', detail: { provider } })
    return
  }
  const check = checkTokenSignature(token, keys)
  if (check === 'no-key')
    throw invalidIdentityToken(
      "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
    )
  if (check === 'invalid') throw invalidIdentityToken('Token signature is not valid')
}
