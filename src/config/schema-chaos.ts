import * as z from 'zod'
import { setting } from './setting.ts'

const share = z.number().min(0).max(1)

/** What goes wrong on purpose, so that a project can show that it copes. */
export const chaosSchema = z.strictObject({
  duplicate: setting(share.optional(), { description: 'Share of events that are delivered twice.' }),
  delay: setting(z.number().min(0).optional(), { description: 'Milliseconds that events are late at most.' }),
  reorder: setting(z.boolean().optional(), { description: 'Whether events may overtake each other.' }),
  throttle: setting(share.optional(), { description: 'Share of calls that are refused as too many.' }),
})
