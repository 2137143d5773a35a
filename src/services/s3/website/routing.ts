import type { RoutingRule, WebsiteConfiguration } from '@aws-sdk/client-s3'
import { encodePath } from '../objects/object-key.ts'

/** Where a visitor is sent. */
export interface Redirection {
  readonly status: number
  readonly location: string
}

/** Finds the rule for a key; `error` is the status that reading it gave, undefined before it is read. */
export function routingRule(
  { RoutingRules = [] }: WebsiteConfiguration,
  key: string,
  error: number | undefined,
): RoutingRule | undefined {
  return RoutingRules.find(({ Condition: condition }) => {
    const { KeyPrefixEquals: prefix = '', HttpErrorCodeReturnedEquals: code } = condition ?? {}
    return key.startsWith(prefix) && (code === undefined ? error === undefined : code === String(error))
  })
}

/** Where a rule sends the visitor of a key. https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html */
export function redirectionOf(
  { Condition, Redirect = {} }: RoutingRule,
  key: string,
  host: string,
): Redirection {
  const { HostName = host, HttpRedirectCode = '301', Protocol = 'http' } = Redirect
  const { ReplaceKeyPrefixWith: prefix, ReplaceKeyWith: whole } = Redirect
  const target =
    whole ?? (prefix === undefined ? key : prefix + key.slice((Condition?.KeyPrefixEquals ?? '').length))
  return { status: Number(HttpRedirectCode), location: `${Protocol}://${HostName}/${encodePath(target)}` }
}
