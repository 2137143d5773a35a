import * as z from 'zod'
import { setting } from './setting.ts'

const variables = z.record(z.string(), z.coerce.string())

const shared = {
  runtime: setting(z.string().optional(), {
    description: "Lambda's identifier (`nodejs22.x`, `python3.12` …); found from the file when absent.",
  }),
  timeout: setting(z.number().positive().max(900).optional(), {
    description: 'Seconds that one invocation may take; 3 on AWS.',
  }),
  memorySize: setting(z.int().min(128).max(10_240).optional(), { description: 'MB; 128 on AWS.' }),
  environment: setting(variables.optional(), { description: 'Environment variables.' }),
  role: setting(z.string().optional(), {
    description: 'The execution role: its ARN, or its name in this account.',
  }),
  layers: setting(z.array(z.string()).optional(), {
    description: 'Folders or layer ARNs that are mounted as `/opt` is.',
  }),
}

/** What the configuration says about one function of the project. */
export const functionSchema = z.strictObject({
  handler: setting(z.string().optional(), {
    description: "`file.export`, relative to the function's folder, to `handlers/` or to the project.",
  }),
  ...shared,
  description: setting(z.string().optional(), { description: 'What ListFunctions says of it.' }),
})

/** What holds for every function that does not say otherwise. */
export const functionDefaultsSchema = z.strictObject(shared)

/** One stage. */
export const stageSchema = z.strictObject({
  variables: setting(variables.optional(), { description: '`$stageVariables`.' }),
})
