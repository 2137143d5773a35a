import type { UpdateAssumeRolePolicyRequest } from '@aws-sdk/client-iam'
import { checkedDocument } from '../documents.ts'
import { change, roles } from '../entities.ts'
import { type Operation, write } from '../state.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html */
export const UpdateAssumeRolePolicy: Operation<UpdateAssumeRolePolicyRequest, undefined> = (
  context,
  input,
) => {
  const assumeRolePolicyDocument = checkedDocument(input.PolicyDocument, 'trust')
  return write(context, writer => {
    change(roles, writer, context, input.RoleName ?? '', role => ({ ...role, assumeRolePolicyDocument }))
    return undefined
  })
}
