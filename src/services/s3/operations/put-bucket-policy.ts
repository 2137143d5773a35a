import type { PublicAccessBlockConfiguration, PutBucketPolicyRequest } from '@aws-sdk/client-s3'
import { isPublicPolicy } from '../access/public-policy.ts'
import { configuration } from '../buckets/configuration.ts'
import { writeConfiguration } from '../buckets/configure.ts'
import { accessDenied } from '../errors.ts'
import { checkPolicy } from '../policy/check-policy.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html */
export const PutBucketPolicy: Operation<PutBucketPolicyRequest, object> = async (context, input) => {
  const text = input.Policy ?? ''
  await writeConfiguration(context, input, 'policy', ({ name }, writer) => {
    checkPolicy(text, name)
    const block = configuration<PublicAccessBlockConfiguration>(writer, name, 'publicAccessBlock')
    if (block?.BlockPublicPolicy && isPublicPolicy(text))
      throw accessDenied(
        `User: ${context.principal.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${name}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
      )
    return text
  })
  return {}
}
