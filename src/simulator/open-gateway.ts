import type { Identity } from '../aws/index.ts'
import type { Config } from '../config/index.ts'
import { createApiKeys, createGateway, type Gateway, type GatewayDependencies } from '../gateway/index.ts'
import type { TemplateEngine } from '../vtl/index.ts'
import { gatewayCredentials } from './gateway-credentials.ts'

/** What the gateway is wired from. */
interface GatewayOrigin
  extends Pick<
    GatewayDependencies,
    'clock' | 'ids' | 'log' | 'journal' | 'activity' | 'functions' | 'awsEndpoint'
  > {
  readonly config: Config
  readonly engine: TemplateEngine
  readonly identity: Identity
}

/** The data plane of the APIs, before it has a snapshot to serve. */
export function openGateway({ config, engine, identity, ...parts }: GatewayOrigin): Gateway {
  const { account, region } = config
  return createGateway({
    ...parts,
    account,
    region,
    templates: engine,
    auth: identity.apiAuth,
    apiKeys: createApiKeys(config.apiKeys, config.usagePlans, parts.clock),
    credentials: gatewayCredentials(identity, account),
    limits: { integrationTimeouts: () => config.inspect === false },
  })
}
