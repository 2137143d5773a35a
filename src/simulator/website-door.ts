import { anonymousPrincipal, parseRequestUrl, type ServiceHost } from '../aws/index.ts'
import type { Config } from '../config/index.ts'
import type { Ids } from '../ports/index.ts'
import type { SideDoor } from '../server/index.ts'
import { serveWebsite, websiteBucket } from '../services/index.ts'
import type { Store } from '../stores/index.ts'

/** What websites are served from. */
export interface WebsiteParts {
  readonly config: Pick<Config, 'account' | 'region'>
  readonly store: Store
  readonly ids: Ids
  readonly host: () => Pick<ServiceHost, 'call'>
}

const nameOf = (host: string): string => host.toLowerCase().replace(/:\d+$/, '')

/**
 * The website endpoints of buckets, `bucket.s3-website.localhost:4566`: visitors are nobody in particular, so they see
 * what policies and ACLs let everybody read. https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html
 */
export function websiteDoor({ config: { account, region }, store, ids, host }: WebsiteParts): SideDoor {
  const visitor = anonymousPrincipal(account)
  return {
    owns: request => websiteBucket(nameOf(request.host)) !== undefined,
    handle({ method, rawUrl, headers, host: hostHeader, sourceIp, secure }) {
      const requestId = ids.token(16, '0123456789ABCDEF')
      const { path } = parseRequestUrl(rawUrl)
      const visit = { method, path, host: nameOf(hostHeader), headers, requestId }
      return serveWebsite(store, visit, (operation, input) =>
        host().call({
          service: 's3',
          operation,
          input,
          principal: visitor,
          account,
          region,
          requestId,
          protocol: 'restXml',
          http: { sourceIp, secure, host: hostHeader, headers },
        }),
      )
    },
  }
}
