import type { ProtocolName } from '../door-contract.ts'
import { coralDialect } from './coral-dialect.ts'
import type { SignatureDialect } from './dialect.ts'
import { s3Dialect } from './s3-dialect.ts'

const missing = 'Request is missing Authentication Token'

const query = coralDialect({
  status: 403,
  incompleteStatus: 400,
  codes: 'plain',
  unsignedMessage: missing,
  explainsOtherSchemes: false,
})
const json = coralDialect({
  status: 400,
  incompleteStatus: 400,
  codes: 'exception',
  unsignedMessage: missing,
  explainsOtherSchemes: false,
})
const restJson = coralDialect({
  status: 403,
  incompleteStatus: 403,
  codes: 'exception',
  unsignedMessage: 'Missing Authentication Token',
  explainsOtherSchemes: true,
})

/** The family of services that words errors about signatures alike. */
export function dialectOf(service: string, protocol: ProtocolName): SignatureDialect {
  if (service === 's3') return s3Dialect
  // SQS has kept the codes and the status of its older protocol: a 403 InvalidClientTokenId reaches SDKs that speak JSON
  // (https://github.com/argoproj/notifications-engine/issues/382).
  if (service === 'sqs') return query
  switch (protocol) {
    case 'awsQuery':
    case 'restXml':
      return query
    case 'restJson1':
      return restJson
    default:
      return json
  }
}

const fiveMinutes: ReadonlySet<string> = new Set([
  'kms',
  'lambda',
  'route53',
  'monitoring',
  'logs',
  'apigateway',
  'execute-api',
])

/**
 * How far a client's clock may be off, in milliseconds. KMS, Lambda, Route 53 and CloudWatch allow 5 minutes, STS, IAM,
 * DynamoDB, SQS and S3 15 (their messages end in "- 5 min." or "- 15 min."); Logs and API Gateway are assumed to
 * be of the first kind.
 */
export function allowedSkew(signingName: string): number {
  return (fiveMinutes.has(signingName) ? 5 : 15) * 60_000
}
