import * as z from 'zod'
import { setting } from './setting.ts'

/** Either names, or names with what their Create operation takes. */
function named(what: string) {
  return z
    .union([z.array(z.string()), z.record(z.string(), z.record(z.string(), z.unknown()))])
    .optional()
    .describe(what)
}

/** What is made at the start where it is missing. */
export const resourcesSchema = z.strictObject({
  buckets: setting(named('buckets'), {
    description: 'S3 buckets: names, or name → input of CreateBucket.',
  }),
  tables: setting(z.record(z.string(), z.record(z.string(), z.unknown())).optional(), {
    description: 'DynamoDB tables: name → input of CreateTable.',
  }),
  queues: setting(named('queues'), { description: 'SQS queues: names, or name → input of CreateQueue.' }),
  topics: setting(named('topics'), { description: 'SNS topics: names, or name → input of CreateTopic.' }),
  parameters: setting(
    z
      .union([z.string(), z.record(z.string(), z.union([z.string(), z.record(z.string(), z.unknown())]))])
      .optional(),
    {
      description:
        'Parameter Store: name → value or input of PutParameter; or a folder of JSON files, mirrored and watched.',
    },
  ),
  secrets: setting(
    z.record(z.string(), z.union([z.string(), z.record(z.string(), z.unknown())])).optional(),
    { description: 'Secrets Manager: name → secret string or input of CreateSecret.' },
  ),
  roles: setting(z.record(z.string(), z.record(z.string(), z.unknown())).optional(), {
    description:
      'IAM roles: name → `{ assumeRolePolicy?, policies?: { name: document }, managedPolicies?: [arn] }`.',
  }),
})
