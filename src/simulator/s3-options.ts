import type { Config } from '../config/index.ts'
import { engineAddress, type S3Options } from '../services/index.ts'
import type { S3Notifications } from '../triggers/index.ts'
import type { Claims } from './claims.ts'
import type { BucketTriggers } from './s3-triggers.ts'

/** What S3 has to know: whose events it keeps, who is to hear that it kept one, and where objects lie if not here. */
export function s3Options(
  { s3Endpoint, region }: Pick<Config, 's3Endpoint' | 'region'>,
  triggers: BucketTriggers,
  notifications: S3Notifications,
  claims: Claims | undefined,
): S3Options {
  return {
    wantsEvents: ({ name, notifies }) => notifies === true || triggers.has(name),
    keptEvent: () => notifications.wake(),
    engine: s3Endpoint === undefined ? undefined : engineAddress(s3Endpoint, region),
    ...(claims !== undefined && { claim: (name: string) => claims.take(`s3 ${name}`) }),
  }
}
