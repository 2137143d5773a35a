import * as z from 'zod'
import { setting } from './setting.ts'

/** How mapping templates render. */
export const templatesSchema = z.strictObject({
  engine: setting(z.enum(['aws', 'velocityjs']).default('aws'), {
    description: '`aws` renders as API Gateway does; `velocityjs` as the library of that name.',
  }),
  limits: z
    .strictObject({
      foreach: setting(z.int().positive().optional(), {
        description: 'Iterations of one `#foreach`; AWS: 1,000.',
      }),
      output: setting(z.int().positive().optional(), { description: 'Characters of one output.' }),
      depth: setting(z.int().positive().optional(), { description: 'Nesting of directives.' }),
      milliseconds: setting(z.number().positive().optional(), { description: 'Time of one render.' }),
    })
    .default({}),
})
