import { type Principal, rootPrincipal, type ServiceHost } from '../aws/index.ts'
import type { Config } from '../config/index.ts'
import type { Ids } from '../ports/index.ts'
import type { CallAsRoot } from './resources.ts'

/** Calls operations the way the AWS door does, as the configured account's root. */
export function rootCaller(
  host: Pick<ServiceHost, 'call'>,
  { account, region }: Pick<Config, 'account' | 'region'>,
  ids: Ids,
  headers: Readonly<Record<string, string>> = {},
): CallAsRoot {
  return callerAs(host, rootPrincipal(account), region, ids, headers)
}

/** Calls operations the way the AWS door does, on behalf of somebody who was asked who they are already. */
export function callerAs(
  host: Pick<ServiceHost, 'call'>,
  principal: Principal,
  region: string,
  ids: Ids,
  headers: Readonly<Record<string, string>> = {},
): CallAsRoot {
  return (service, operation, input) =>
    host.call({
      service,
      operation,
      input,
      account: principal.account,
      region,
      requestId: ids.uuid(),
      protocol: 'awsJson1_1',
      principal,
      http: { sourceIp: '127.0.0.1', secure: false, host: 'localhost', headers },
    })
}

/** Calls of services by parts that are made before the door behind which the services are. */
export interface Root {
  readonly call: CallAsRoot
  readonly implements: ServiceHost['implements']
}

/** As `rootCaller`, for a door that opens later. */
export function lateRoot(
  host: () => Pick<ServiceHost, 'call' | 'implements'>,
  config: Pick<Config, 'account' | 'region'>,
  ids: Ids,
): Root {
  return {
    call: (...given) => rootCaller(host(), config, ids)(...given),
    implements: (...given) => host().implements(...given),
  }
}
