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

/** A token bucket, as stages and usage plans have it. */
export const throttleSchema = z.strictObject({
  rateLimit: setting(z.number().positive(), { description: 'Requests per second in the long run.' }),
  burstLimit: setting(z.int().positive(), { description: 'Requests that may come at once.' }),
})

/** One stage. */
export const stageSchema = z.strictObject({
  variables: setting(variables.optional(), { description: '`$stageVariables`.' }),
  canary: setting(
    z
      .strictObject({
        percentTraffic: setting(z.number().min(0).max(100), {
          description: 'How many of a hundred requests get the variables below.',
        }),
        variables: setting(variables.default({}), {
          description: 'Overrides of `$stageVariables`, as `stageVariableOverrides` of canary settings.',
        }),
      })
      .optional(),
    { description: "A canary release: another set of variables for a share of the stage's requests." },
  ),
  throttle: setting(throttleSchema.optional(), {
    description: '429 `Too Many Requests` beyond it; no limit when absent.',
  }),
})

/** One usage plan. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html */
export const usagePlanSchema = z.strictObject({
  keys: setting(z.array(z.string()).min(1), { description: 'Names of `apiKeys` that belong to the plan.' }),
  stages: setting(z.array(z.string()).optional(), {
    description: 'Stages, or `api:stage`, that the plan opens; all of them when absent.',
  }),
  throttle: setting(throttleSchema.optional(), {
    description: 'What each key may do; 429 `Too Many Requests` beyond it.',
  }),
  quota: setting(
    z
      .strictObject({
        limit: setting(z.int().positive(), { description: 'Requests of each key in one period.' }),
        period: z.enum(['DAY', 'WEEK', 'MONTH']),
      })
      .optional(),
    { description: '429 `Limit Exceeded` beyond it; periods begin at midnight UTC.' },
  ),
})
