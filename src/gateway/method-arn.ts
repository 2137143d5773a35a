import type { Matched } from './call.ts'
import type { GatewayParts } from './gateway.ts'

/** `arn:aws:execute-api:{region}:{account}:{api}/{stage}/{METHOD}/{path}`, what policies call a request. */
export function methodArn(parts: GatewayParts, matched: Matched): string {
  const path = matched.path.replace(/^\/+/, '')
  return `arn:aws:execute-api:${parts.region}:${parts.account}:${matched.plan.api.api.id}/${matched.stage.name}/${matched.request.method}/${path}`
}

/** The same with all but the account's last four digits hidden, as AWS shows it to callers. */
export function maskedArn(arn: string): string {
  return arn.replace(/^(arn:aws:execute-api:[^:]*:)\d{8}(\d{4}:)/, '$1********$2')
}
