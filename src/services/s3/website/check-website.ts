import type { RoutingRule, WebsiteConfiguration } from '@aws-sdk/client-s3'
import { invalidArgument, invalidRequest, malformedXml } from '../errors.ts'

/** Refuses website configurations that S3 refuses; all texts recorded. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html */
export function checkWebsite({
  IndexDocument,
  ErrorDocument,
  RedirectAllRequestsTo,
  RoutingRules,
}: WebsiteConfiguration): void {
  if (RedirectAllRequestsTo !== undefined) {
    if (IndexDocument !== undefined || ErrorDocument !== undefined || RoutingRules !== undefined)
      throw invalidArgument(
        'RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.',
        'RedirectAllRequestsTo',
        'not null',
      )
    if (!RedirectAllRequestsTo.HostName) throw malformedXml()
    checkProtocol(RedirectAllRequestsTo.Protocol)
    return
  }
  if (IndexDocument === undefined)
    throw invalidArgument(
      'A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty',
      'IndexDocument',
      'null',
    )
  if (!IndexDocument.Suffix || IndexDocument.Suffix.includes('/'))
    throw invalidArgument(
      'The IndexDocument Suffix is not well formed',
      'IndexDocument',
      IndexDocument.Suffix ?? '',
    )
  if (ErrorDocument !== undefined && !ErrorDocument.Key)
    throw invalidArgument(
      'The ErrorDocument Key is not well formed',
      'ErrorDocument',
      ErrorDocument.Key ?? '',
    )
  if (RoutingRules !== undefined && (RoutingRules.length === 0 || RoutingRules.length > 50))
    throw malformedXml()
  for (const rule of RoutingRules ?? []) checkRoutingRule(rule)
}

function checkRoutingRule({ Condition, Redirect }: RoutingRule): void {
  if (Redirect === undefined || Object.keys(Redirect).length === 0) throw malformedXml()
  if (Redirect.ReplaceKeyPrefixWith !== undefined && Redirect.ReplaceKeyWith !== undefined)
    throw invalidRequest('You can only define ReplaceKeyPrefix or ReplaceKey but not both.')
  if (
    Condition !== undefined &&
    Condition.KeyPrefixEquals === undefined &&
    Condition.HttpErrorCodeReturnedEquals === undefined
  )
    throw invalidRequest(
      "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be present.",
    )
  checkProtocol(Redirect.Protocol)
}

function checkProtocol(protocol: string | undefined): void {
  if (protocol !== undefined && protocol !== 'http' && protocol !== 'https')
    throw invalidRequest(
      'Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.',
    )
}
