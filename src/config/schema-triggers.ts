import * as z from 'zod'
import { isPattern } from '../lib/index.ts'
import { setting } from './setting.ts'

const eventPattern = z
  .record(z.string(), z.unknown())
  .refine(isPattern, 'is no event pattern: keys lead to keys, or to lists of values and operators')

const target = setting(z.string(), { description: 'The function that is invoked.' })

const eventType =
  /^s3:(?:(?:ObjectCreated|ObjectRemoved|ObjectRestore|Replication|LifecycleExpiration|ObjectTagging):\*|ObjectCreated:(?:Put|Post|Copy|CompleteMultipartUpload)|ObjectRemoved:(?:Delete|DeleteMarkerCreated)|ObjectRestore:(?:Post|Completed|Delete)|LifecycleExpiration:(?:Delete|DeleteMarkerCreated)|LifecycleTransition|IntelligentTiering|ObjectAcl:Put|ObjectTagging:(?:Put|Delete)|ReducedRedundancyLostObject|Replication:Operation\w+)$/

/** An S3 bucket's changes invoke a function. https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html */
export const bucketTriggerSchema = z.strictObject({
  bucket: setting(z.string(), { description: 'The bucket.' }),
  function: target,
  events: setting(
    z.array(z.string().regex(eventType, 'is no event type of S3')).min(1).default(['s3:ObjectCreated:*']),
    {
      description: 'Event types as S3 names them.',
    },
  ),
  prefix: setting(z.string().optional(), { description: 'Only keys that begin with this.' }),
  suffix: setting(z.string().optional(), { description: 'Only keys that end with this.' }),
})

/** A DynamoDB stream's records invoke a function, with the members of CreateEventSourceMapping in camel case. https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
export const tableTriggerSchema = z.strictObject({
  table: setting(z.string(), { description: 'The table, whose stream is switched on.' }),
  function: target,
  enabled: z.boolean().default(true),
  batchSize: setting(z.int().min(1).max(10_000).default(100), {
    description: 'Records at most in one event.',
  }),
  maximumBatchingWindowInSeconds: z.int().min(0).max(300).default(0),
  startingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).default('LATEST'),
  streamViewType: z
    .enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'])
    .default('NEW_AND_OLD_IMAGES'),
  filters: setting(z.array(eventPattern).optional(), {
    description: 'Event patterns; a record that matches none is passed over.',
  }),
  parallelizationFactor: z.int().min(1).max(10).default(1),
  maximumRetryAttempts: z.int().min(-1).max(10_000).default(-1),
  maximumRecordAgeInSeconds: z.int().min(-1).max(604_800).default(-1),
  bisectBatchOnFunctionError: z.boolean().default(false),
  reportBatchItemFailures: z.boolean().default(false),
  tumblingWindowInSeconds: z.int().min(0).max(900).default(0),
  onFailure: setting(z.string().optional(), { description: 'The ARN that discarded batches are sent to.' }),
})

/** A queue's messages invoke a function. */
export const queueTriggerSchema = z.strictObject({
  queue: setting(z.string(), { description: 'The SQS queue.' }),
  function: target,
  enabled: z.boolean().default(true),
  batchSize: z.int().min(1).max(10_000).default(10),
  maximumBatchingWindowInSeconds: z.int().min(0).max(300).default(0),
  filters: z.array(eventPattern).optional(),
  reportBatchItemFailures: z.boolean().default(false),
})

/** A topic's messages invoke a function. */
export const topicTriggerSchema = z.strictObject({
  topic: setting(z.string(), { description: 'The SNS topic.' }),
  function: target,
  filterPolicy: z.record(z.string(), z.unknown()).optional(),
})

/** A schedule invokes a function. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
export const scheduleTriggerSchema = z.strictObject({
  schedule: setting(z.string().regex(/^(?:rate|cron|at)\(.+\)$/, 'is no `rate(…)`, `cron(…)` or `at(…)`'), {
    description: '`rate(5 minutes)`, `cron(0/30 * ? * MON-FRI *)`.',
  }),
  function: target,
  input: setting(z.unknown().optional(), { description: "The event, instead of EventBridge's own." }),
  enabled: z.boolean().default(true),
})

/** All triggers by the key that tells them apart. */
export const triggerSchemas = {
  bucket: bucketTriggerSchema,
  table: tableTriggerSchema,
  queue: queueTriggerSchema,
  topic: topicTriggerSchema,
  schedule: scheduleTriggerSchema,
} as const

/** One trigger. */
export const triggerSchema = z.union([
  bucketTriggerSchema,
  tableTriggerSchema,
  queueTriggerSchema,
  topicTriggerSchema,
  scheduleTriggerSchema,
])
