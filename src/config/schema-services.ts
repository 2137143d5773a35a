import * as z from 'zod'
import { setting } from './setting.ts'

/** What DynamoDB does otherwise than by default. */
export const dynamodbSetting = setting(
  z
    .strictObject({
      tableDelay: setting(z.number().min(0).default(0), {
        description:
          "Milliseconds of the simulator's clock that tables and their new indexes are CREATING, UPDATING or DELETING.",
      }),
      credentials: setting(
        z
          .strictObject({
            accessKeyId: z.string().min(1),
            secretAccessKey: z.string().min(1),
            sessionToken: z.string().optional(),
          })
          .optional(),
        {
          description: 'What calls of `dynamodbEndpoint` are signed with.',
          defaultText: '`AWS_ACCESS_KEY_ID` and its companions, else `test`',
        },
      ),
    })
    .default({ tableDelay: 0 }),
  { description: 'What DynamoDB does otherwise than by default.' },
)

/** What S3 does where AWS itself has changed. */
export const s3Setting = setting(
  z
    .strictObject({
      eventVersion: setting(
        z
          .string()
          .regex(/^2\.[1-9]\d?$/, 'is no `2.x`')
          .default('2.1'),
        {
          description:
            "The `eventVersion` of notifications; below 2.4 each event has that of its family, as AWS's have: 2.1, and 2.3 for tags and ACLs.",
        },
      ),
    })
    .default({ eventVersion: '2.1' }),
  { description: 'What S3 does where AWS itself has changed.' },
)
