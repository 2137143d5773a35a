import type * as Iam from '@aws-sdk/client-iam'
import { required, users } from '../entities.ts'
import { type IamContext, type Operation, read } from '../state.ts'

/**
 * Lists of things that cannot be made here (making one answers 501): certificates, SSH keys, SAML. Tools
 * ask for them before they delete a user, so they are answered, and a user that is not there is refused as ever.
 */
function checkUser<Answer>(context: IamContext, name: string | undefined, answer: Answer) {
  return name === undefined
    ? answer
    : read(context, reader => {
        required(users, reader, context, name)
        return answer
      })
}

export const ListSigningCertificates: Operation<
  Iam.ListSigningCertificatesRequest,
  Iam.ListSigningCertificatesResponse
> = (context, input) => checkUser(context, input.UserName, { Certificates: [], IsTruncated: false })

export const ListSSHPublicKeys: Operation<Iam.ListSSHPublicKeysRequest, Iam.ListSSHPublicKeysResponse> = (
  context,
  input,
) => checkUser(context, input.UserName, { SSHPublicKeys: [], IsTruncated: false })

export const ListServiceSpecificCredentials: Operation<
  Iam.ListServiceSpecificCredentialsRequest,
  Iam.ListServiceSpecificCredentialsResponse
> = (context, input) => checkUser(context, input.UserName, { ServiceSpecificCredentials: [] })

export const ListSAMLProviders: Operation<
  Iam.ListSAMLProvidersRequest,
  Iam.ListSAMLProvidersResponse
> = () => ({
  SAMLProviderList: [],
})

export const ListServerCertificates: Operation<
  Iam.ListServerCertificatesRequest,
  Iam.ListServerCertificatesResponse
> = () => ({ ServerCertificateMetadataList: [], IsTruncated: false })
