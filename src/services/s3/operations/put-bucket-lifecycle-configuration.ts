import type {
  PutBucketLifecycleConfigurationOutput,
  PutBucketLifecycleConfigurationRequest,
} from '@aws-sdk/client-s3'
import { required, writeConfiguration } from '../buckets/configure.ts'
import { newRuleId } from '../buckets/rule-id.ts'
import { invalidRequest } from '../errors.ts'
import { checkLifecycle } from '../lifecycle/check-lifecycle.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html */
export const PutBucketLifecycleConfiguration: Operation<
  PutBucketLifecycleConfigurationRequest,
  PutBucketLifecycleConfigurationOutput
> = async (context, input) => {
  const { TransitionDefaultMinimumObjectSize = 'all_storage_classes_128K' } = input
  if (!['all_storage_classes_128K', 'varies_by_storage_class'].includes(TransitionDefaultMinimumObjectSize))
    throw invalidRequest(
      `Invalid TransitionDefaultMinimumObjectSize found: ${TransitionDefaultMinimumObjectSize}`,
    )
  const rules = checkLifecycle(required(input.LifecycleConfiguration).Rules)
  const Rules = rules.map(rule => ({ ...rule, ID: rule.ID || newRuleId(context) }))
  await writeConfiguration(context, input, 'lifecycle', () => ({ Rules, TransitionDefaultMinimumObjectSize }))
  return { TransitionDefaultMinimumObjectSize }
}
