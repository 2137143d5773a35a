import * as z from 'zod'
import { setting } from './setting.ts'

/** One pair of keys that requests may be signed with. */
export const credentialsSchema = z.strictObject({
  accessKeyId: setting(z.string().min(1), { description: 'What a request is signed with.' }),
  secretAccessKey: setting(z.string().min(1), { description: 'Its secret.' }),
  account: setting(
    z
      .string()
      .regex(/^\d{12}$/, 'is no twelve digits')
      .optional(),
    {
      description: "The account whose root this is; `account`'s when absent.",
    },
  ),
})
