import * as z from 'zod'
import { chaosSchema } from './schema-chaos.ts'
import { credentialsSchema } from './schema-credentials.ts'
import { functionDefaultsSchema, functionSchema, stageSchema, usagePlanSchema } from './schema-functions.ts'
import { resourcesSchema } from './schema-resources.ts'
import { dynamodbSetting, s3Setting } from './schema-services.ts'
import { templatesSchema } from './schema-templates.ts'
import { triggerSchema } from './schema-triggers.ts'
import { setting } from './setting.ts'

const port = z.int().min(0).max(65_535)

/** The whole configuration: types, defaults, flags, `--help` and docs/reference/configuration.md come from here. */
export const configSchema = z.strictObject({
  project: setting(z.string().default('.'), {
    description: 'The project folder.',
    flag: '--project DIR',
    env: ['LAMBDARIUM_PROJECT'],
  }),
  port: setting(port.default(3000), {
    description: 'Port of the API door; 0 takes a free one.',
    flag: '--port NUMBER',
    env: ['LAMBDARIUM_PORT', 'PORT'],
  }),
  awsPort: setting(port.default(4566), {
    description: 'Port of the AWS door; 0 takes a free one.',
    flag: '--aws-port NUMBER',
    env: ['LAMBDARIUM_AWS_PORT'],
  }),
  host: setting(z.string().default('127.0.0.1'), {
    description: 'Address that both doors listen on.',
    flag: '--host ADDRESS',
    env: ['LAMBDARIUM_HOST', 'HOST'],
  }),
  stage: setting(
    z
      .string()
      .regex(/^\w[\w-]*$/, 'is no stage name')
      .default('dev'),
    {
      description: 'A stage that is served besides those under `stages`.',
      flag: '--stage NAME',
      env: ['LAMBDARIUM_STAGE'],
      live: true,
    },
  ),
  stages: setting(z.record(z.string(), stageSchema).default({}), {
    description: 'Stages with their variables.',
    live: true,
  }),
  data: setting(z.string().optional(), {
    description: 'Where state is kept.',
    defaultText: '`<project>/.lambdarium`',
    flag: '--data DIR',
    env: ['LAMBDARIUM_DATA'],
  }),
  ephemeral: setting(z.boolean().default(false), {
    description: 'Keep state in a temporary folder that goes with the process.',
    flag: '--ephemeral',
    env: ['LAMBDARIUM_EPHEMERAL'],
  }),
  store: setting(
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'is no `postgres://` URL')
      .optional(),
    {
      description:
        'A PostgreSQL database that keeps the state instead, `postgres://USER:PASSWORD@HOST/DATABASE`; several simulators may share it.',
      defaultText: 'lmdb in the data folder',
      flag: '--store URL',
      env: ['LAMBDARIUM_STORE'],
    },
  ),
  s3Endpoint: setting(
    z
      .string()
      .regex(
        /^https?:\/\/[^:@/]+:[^@/]+@[^/?]+\/?(?:\?region=[\w-]+)?$/,
        'is no `http://KEY:SECRET@HOST:PORT` (both percent-encoded)',
      )
      .optional(),
    {
      description:
        'An S3-compatible engine that keeps the buckets instead, `http://KEY:SECRET@HOST:PORT?region=REGION`: requests are verified here, signed anew and handed on; events still fire.',
      defaultText: 'buckets are kept here',
      flag: '--s3-endpoint URL',
      env: ['LAMBDARIUM_S3_ENDPOINT'],
    },
  ),
  dynamodbEndpoint: setting(z.url({ protocol: /^https?$/ }).optional(), {
    description:
      'Another DynamoDB with Streams (AWS, ScyllaDB Alternator) that serves every call; triggers here read its streams.',
    flag: '--dynamodb-endpoint URL',
    env: ['LAMBDARIUM_DYNAMODB_ENDPOINT'],
  }),
  logFormat: setting(z.enum(['pretty', 'json']).default('pretty'), {
    description: 'How logs are written to stderr.',
    flag: '--log-format pretty|json',
    env: ['LAMBDARIUM_LOG_FORMAT'],
  }),
  logLevel: setting(z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'), {
    description: 'The least important log that is written.',
    flag: '--log-level LEVEL',
    env: ['LAMBDARIUM_LOG_LEVEL'],
  }),
  strict: setting(z.boolean().default(false), {
    description: 'Refuse to start when the start report has anything to say.',
    flag: '--strict',
    env: ['LAMBDARIUM_STRICT'],
  }),
  strictPort: setting(z.boolean().default(false), {
    description: 'Fail when a port is taken instead of taking the next free one.',
    flag: '--strict-port',
    env: ['LAMBDARIUM_STRICT_PORT'],
  }),
  watch: setting(z.boolean().default(true), {
    description: 'Reload what changes in the project.',
    flag: '--no-watch',
    env: ['LAMBDARIUM_WATCH'],
  }),
  open: setting(z.boolean().default(false), {
    description: 'Open the API in the browser.',
    flag: '--open',
  }),
  inspect: setting(z.union([z.boolean(), port]).default(false), {
    description: 'Let a debugger attach to the functions; timeouts do not run then.',
    flag: '--inspect',
  }),
  account: setting(
    z
      .string()
      .regex(/^\d{12}$/, 'is no twelve digits')
      .default('000000000000'),
    {
      description: 'The AWS account that everything belongs to.',
      env: ['LAMBDARIUM_ACCOUNT'],
    },
  ),
  region: setting(
    z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d+$/, 'is no region')
      .default('us-east-1'),
    {
      description: 'The AWS region of everything whose caller names none.',
      env: ['LAMBDARIUM_REGION'],
    },
  ),
  credentials: setting(
    z.array(credentialsSchema).default([{ accessKeyId: 'test', secretAccessKey: 'test' }]),
    {
      description: 'Access keys of root users.',
    },
  ),
  openIdKeys: setting(
    z
      .record(
        z.string(),
        z.union([z.string(), z.strictObject({ keys: z.array(z.record(z.string(), z.unknown())) })]),
      )
      .default({}),
    {
      description:
        'Keys of OpenID Connect issuers by their URL, as a JWKS or its file: their tokens must be signed with one.',
    },
  ),
  auth: setting(z.enum(['on', 'off', 'warn']).default('on'), {
    description:
      'Whether signatures and policies decide: `on`; `warn` lets pass and prints what AWS would have refused; `off`.',
    env: ['LAMBDARIUM_AUTH'],
  }),
  functions: setting(z.record(z.string(), functionSchema).default({}), {
    description: 'Functions by name: what cannot be found from their files.',
    live: true,
  }),
  functionDefaults: setting(functionDefaultsSchema.default({}), {
    description: 'What holds for every function that does not say otherwise.',
    live: true,
  }),
  triggers: setting(z.array(triggerSchema).default([]), {
    description: 'What invokes functions besides the APIs.',
  }),
  resources: setting(resourcesSchema.default({}), {
    description: 'What is made at the start where it is missing.',
  }),
  templates: setting(templatesSchema.default({ engine: 'aws', limits: {} }), {
    description: 'How mapping templates are rendered.',
  }),
  placeholders: setting(z.record(z.string(), z.coerce.string()).default({}), {
    description:
      'Texts put in place of `%NAME%` in Swagger files; also the values of CloudFormation parameters.',
    live: true,
  }),
  basePath: setting(z.enum(['ignore', 'prepend', 'split']).default('ignore'), {
    description: "How `basePath` and `servers` are read, in the words of ImportRestApi's parameter.",
    live: true,
  }),
  integrationTimeout: setting(z.int().min(50).default(29_000), {
    description: 'Milliseconds before an integration is given up where its Swagger does not say.',
    live: true,
  }),
  cors: setting(z.boolean().default(false), {
    description:
      'Answer preflight requests and add CORS headers although no method does it; AWS would need the methods.',
    live: true,
  }),
  apiKeys: setting(z.record(z.string(), z.string()).default({}), {
    description: 'API keys that methods which ask for one accept in `x-api-key`: name → value.',
  }),
  usagePlans: setting(z.record(z.string(), usagePlanSchema).default({}), {
    description: 'Rates and quotas of API keys. Where there are plans, a key that none names is refused.',
  }),
  allowedHosts: setting(z.array(z.string()).default([]), {
    description: 'Host names, besides localhost and IP addresses, by which the doors may be called.',
  }),
  allowedOrigins: setting(z.array(z.string()).default([]), {
    description: 'Origins of pages, besides those of localhost, that may call the AWS door; `*` for all.',
  }),
  dynamodb: dynamodbSetting,
  s3: s3Setting,
  chaos: setting(chaosSchema.default({}), {
    description: 'Faults to make, so that they are met here first.',
  }),
  journal: setting(
    z.strictObject({ size: z.int().min(10).max(1_000_000).default(1_000) }).default({ size: 1_000 }),
    { description: 'How many records the journal remembers.' },
  ),
})

/** The configuration with every default filled in. */
export type Config = z.output<typeof configSchema>

/** What `lambdarium.config.ts` and `createSimulator` take: every key has a default. */
export type ConfigInput = z.input<typeof configSchema>

/** One trigger of the configuration, defaults filled in. */
export type TriggerConfig = z.output<typeof triggerSchema>

/** Gives an editor the types of a configuration; changes nothing. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config
}
