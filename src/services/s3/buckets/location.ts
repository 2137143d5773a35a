import { illegalLocationConstraint, invalidLocationConstraint } from '../errors.ts'

/** Regions of S3 as the SDK's own list of location constraints has them, and those that came later. */
const regions: ReadonlySet<string> = new Set(
  `af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1
   ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-7 ca-central-1 ca-west-1 cn-north-1
   cn-northwest-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1
   me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-gov-east-1 us-gov-west-1 us-west-1 us-west-2`.split(
    /\s+/,
  ),
)

export const isRegion = (name: string): boolean => regions.has(name)

/**
 * Where a new bucket goes: us-east-1's endpoint makes buckets everywhere, every other one only at home.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html; the refusals are recorded.
 */
export function locate(constraint: string | undefined, endpoint: string): string {
  if (endpoint === 'us-east-1') {
    if (constraint === undefined || constraint === '') return 'us-east-1'
    if (constraint === 'EU') return 'eu-west-1'
    if (constraint === 'us-east-1' || !regions.has(constraint)) throw invalidLocationConstraint(constraint)
    return constraint
  }
  if (constraint === 'EU' && endpoint === 'eu-west-1') return endpoint
  if (constraint !== endpoint)
    throw illegalLocationConstraint(
      constraint === undefined || constraint === '' ? 'unspecified' : constraint,
    )
  return endpoint
}
