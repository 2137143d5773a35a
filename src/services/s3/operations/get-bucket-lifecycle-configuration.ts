import type {
  GetBucketLifecycleConfigurationOutput,
  GetBucketLifecycleConfigurationRequest,
  LifecycleRule,
} from '@aws-sdk/client-s3'
import { requireConfiguration } from '../buckets/configure.ts'
import type { StoredLifecycle, StoredRule } from '../lifecycle/lifecycle-rules.ts'
import type { Operation } from '../state.ts'

const absent = ['NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'] as const

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html */
export const GetBucketLifecycleConfiguration: Operation<
  GetBucketLifecycleConfigurationRequest,
  GetBucketLifecycleConfigurationOutput
> = async (context, input) => {
  const stored = await requireConfiguration<StoredLifecycle>(context, input, 'lifecycle', absent)
  return { ...stored, Rules: stored.Rules.map(withDates) }
}

function withDates({ Expiration, Transitions, ...rule }: StoredRule): LifecycleRule {
  const dated = <Timed extends { readonly Date?: string }>({ Date: date, ...rest }: Timed) =>
    date === undefined ? rest : { ...rest, Date: new Date(date) }
  return {
    ...rule,
    ...(Expiration !== undefined && { Expiration: dated(Expiration) }),
    ...(Transitions !== undefined && { Transitions: Transitions.map(dated) }),
  }
}
