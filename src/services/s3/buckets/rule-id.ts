import type { S3Context } from '../state.ts'

/**
 * The id of a rule that came without one: base64 of a UUID, as S3 makes them (in recorded notifications, and in the
 * headers of https://github.com/aws/aws-sdk-go-v2/issues/3165).
 */
export function newRuleId({ newId }: Pick<S3Context, 'newId'>): string {
  return Buffer.from(newId()).toString('base64')
}
