import type { Ids } from '../ports/index.ts'
import type { Header } from './call.ts'
import { rawHeader } from './request-headers.ts'

const requestId = (ids: Ids): string => `${Buffer.from(ids.bytes(41)).toString('base64url').slice(0, 54)}==`

/**
 * What CloudFront adds to a request on its way to an edge-optimised API (recorded; values are those of a desktop
 * viewer at this machine): https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html
 */
export function cloudFrontHeaders(
  ids: Ids,
  rawHeaders: readonly string[],
  scheme: string,
): readonly Header[] {
  const sentVia = rawHeader(rawHeaders, 'via')
  const via = '1.1 00000000000000000000000000000000.cloudfront.net (CloudFront)'
  return [
    ['CloudFront-Forwarded-Proto', scheme],
    ['CloudFront-Is-Desktop-Viewer', 'true'],
    ['CloudFront-Is-Mobile-Viewer', 'false'],
    ['CloudFront-Is-SmartTV-Viewer', 'false'],
    ['CloudFront-Is-Tablet-Viewer', 'false'],
    ['CloudFront-Viewer-ASN', '0'],
    ['CloudFront-Viewer-Country', 'US'],
    ['Via', sentVia === undefined ? via : `${sentVia}, ${via}`],
    ['X-Amz-Cf-Id', requestId(ids)],
  ]
}

/** What CloudFront adds to the answer (recorded). */
export function cloudFrontResponseHeaders(ids: Ids, status: number): readonly Header[] {
  return [
    ['X-Cache', `${status >= 400 ? 'Error' : 'Miss'} from cloudfront`],
    ['Via', '1.1 00000000000000000000000000000000.cloudfront.net (CloudFront)'],
    ['X-Amz-Cf-Pop', 'LOCAL50-P1'],
    ['X-Amz-Cf-Id', requestId(ids)],
  ]
}
