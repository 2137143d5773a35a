import type { Readable } from 'node:stream'
import type { GetObjectOutput, WebsiteConfiguration } from '@aws-sdk/client-s3'
import { AwsError, type WireReply } from '../../../aws/index.ts'
import type { Store } from '../../../stores/index.ts'
import { requireBucket } from '../buckets/bucket.ts'
import { configuration } from '../buckets/configuration.ts'
import { noSuchConfiguration } from '../errors.ts'
import { encodePath } from '../objects/object-key.ts'
import { errorPage, escaped, websiteHeaders } from './error-page.ts'
import { type Redirection, redirectionOf, routingRule } from './routing.ts'
import { websiteBucket } from './website-host.ts'

/** A visitor's request. */
export interface WebsiteVisit {
  readonly method: string
  /** Percent-encoded, without the query. */
  readonly path: string
  /** `Host` in lower case, without the port. */
  readonly host: string
  readonly headers: Readonly<Record<string, string>>
  readonly requestId: string
}

/** Calls an operation of S3 as nobody in particular. */
export type AnonymousCall = (operation: string, input: object) => Promise<unknown>

/** One visit, as far as it is known. */
interface Visit {
  readonly request: WebsiteVisit
  readonly bucket: string
  readonly website: WebsiteConfiguration
  /** The path without its slash, decoded. */
  readonly path: string
  /** The key that the path means: index documents stand for folders. */
  readonly key: string
  readonly call: AnonymousCall
}

type Found = Omit<GetObjectOutput, 'Body'> & { readonly Body?: Readable | Uint8Array }

/** A website's answer: only GET and HEAD, only what everybody may read. https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html */
export async function serveWebsite(
  store: Store,
  request: WebsiteVisit,
  call: AnonymousCall,
): Promise<WireReply> {
  const { requestId, method } = request
  const bucket = websiteBucket(request.host) ?? ''
  try {
    if (method !== 'GET' && method !== 'HEAD') throw methodNotAllowed(method)
    const website = await store.read(reader => {
      const { name } = requireBucket(reader, bucket)
      return configuration<WebsiteConfiguration>(reader, name, 'website')
    })
    if (website === undefined)
      throw noSuchConfiguration(
        'NoSuchWebsiteConfiguration',
        'The specified bucket does not have a website configuration',
        bucket,
      )
    const path = decoded(request.path.slice(1))
    const index = website.IndexDocument?.Suffix ?? ''
    const key = path === '' || path.endsWith('/') ? path + index : path
    return await visit({ request, bucket, website, path, key, call })
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    return errorPage(error, requestId)
  }
}

async function visit(visit: Visit): Promise<WireReply> {
  const { request, website, path, key } = visit
  const { HostName, Protocol = 'http' } = website.RedirectAllRequestsTo ?? {}
  if (HostName !== undefined)
    return redirect(request, { status: 301, location: `${Protocol}://${HostName}/${encodePath(path)}` })
  const rule = routingRule(website, path, undefined)
  const host = request.headers['host'] ?? request.host
  if (rule !== undefined) return redirect(request, redirectionOf(rule, path, host))
  try {
    return page(request, await read(visit, key), 200)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    const { statusCode = 400 } = error
    if (
      path === key &&
      statusCode >= 403 &&
      (await exists(visit, `${path}/${website.IndexDocument?.Suffix}`))
    )
      return redirect(request, { status: 302, location: `/${encodePath(path)}/` })
    const other = routingRule(website, path, statusCode)
    if (other !== undefined) return redirect(request, redirectionOf(other, path, host))
    if (statusCode === 304 || statusCode === 412 || statusCode === 416) throw error
    return await errorDocument(visit, error)
  }
}

async function read({ bucket, call, request: { headers } }: Visit, key: string): Promise<Found> {
  const since = headers['if-modified-since']
  return (await call('GetObject', {
    Bucket: bucket,
    Key: key,
    ...(headers['range'] !== undefined && { Range: headers['range'] }),
    ...(headers['if-none-match'] !== undefined && { IfNoneMatch: headers['if-none-match'] }),
    ...(since !== undefined && { IfModifiedSince: new Date(since) }),
  })) as Found
}

async function exists({ bucket, call }: Visit, key: string): Promise<boolean> {
  try {
    await call('HeadObject', { Bucket: bucket, Key: key })
    return true
  } catch (error) {
    if (error instanceof AwsError) return false
    throw error
  }
}

/** The error document keeps the error's status. */
async function errorDocument(visit: Visit, error: AwsError): Promise<WireReply> {
  const { bucket, website, request, call } = visit
  const key = website.ErrorDocument?.Key
  if (key === undefined) return errorPage(error, request.requestId)
  try {
    return page(
      request,
      (await call('GetObject', { Bucket: bucket, Key: key })) as Found,
      error.statusCode ?? 400,
    )
  } catch (second) {
    if (!(second instanceof AwsError)) throw second
    return errorPage(error, request.requestId, [
      '<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>',
      `<ul>\n<li>Code: ${second.code}</li>\n<li>Message: ${second.message}</li>\n<li>Key: ${escaped(key)}</li>\n</ul>`,
    ])
  }
}

function page(request: WebsiteVisit, found: Found, status: number): WireReply {
  if (found.WebsiteRedirectLocation !== undefined)
    return redirect(request, { status: 301, location: found.WebsiteRedirectLocation })
  const headers = [...websiteHeaders(request.requestId)]
  const add = (name: string, value: string | number | undefined): void => {
    if (value !== undefined) headers.push([name, String(value)])
  }
  add('Last-Modified', found.LastModified?.toUTCString())
  add('ETag', found.ETag)
  add('Content-Type', found.ContentType)
  add('Content-Length', found.ContentLength)
  add('Content-Range', found.ContentRange)
  add('Content-Encoding', found.ContentEncoding)
  add('Content-Language', found.ContentLanguage)
  add('Content-Disposition', found.ContentDisposition)
  add('Cache-Control', found.CacheControl)
  for (const [name, value] of Object.entries(found.Metadata ?? {})) add(`x-amz-meta-${name}`, value)
  const body = found.Body ?? new Uint8Array(0)
  return { status: status === 200 && found.ContentRange !== undefined ? 206 : status, headers, body }
}

function redirect({ requestId }: WebsiteVisit, { status, location }: Redirection): WireReply {
  return {
    status,
    headers: [...websiteHeaders(requestId), ['Location', location]],
    body: new Uint8Array(0),
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function methodNotAllowed(method: string): AwsError {
  return new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
    statusCode: 405,
    detail: { Method: method, ResourceType: 'OBJECT' },
  })
}
