import { request as httpRequest } from 'node:http'
import { PutBucketPolicyCommand, PutBucketWebsiteCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { start } from '../../triggers/s3/support.ts'

interface Page {
  readonly status: number | undefined
  readonly location?: string | undefined
  readonly type?: string | undefined
  readonly body: string
}

/** Visits a website by its host name, which stands in the header: tests resolve no names. */
function visit(door: string, bucket: string, path: string, method = 'GET'): Promise<Page> {
  const url = new URL(door)
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: url.hostname,
        port: url.port,
        path,
        method,
        headers: { host: `${bucket}.s3-website.localhost:${url.port}` },
      },
      response => {
        let body = ''
        response.setEncoding('utf8').on('data', text => {
          body += text
        })
        response.on('end', () =>
          resolve({
            status: response.statusCode,
            location: response.headers.location,
            type: response.headers['content-type'],
            body,
          }),
        )
      },
    )
    request.on('error', reject).end()
  })
}

test('a website has index and error documents, redirects and routing rules', async () => {
  const { simulator, s3 } = await start({ resources: { buckets: ['site', 'moved', 'plain'] } })
  const get = (path: string, bucket = 'site') => visit(simulator.aws, bucket, path)
  await s3.send(
    new PutBucketWebsiteCommand({
      Bucket: 'site',
      WebsiteConfiguration: {
        IndexDocument: { Suffix: 'index.html' },
        ErrorDocument: { Key: 'oops.html' },
        RoutingRules: [
          { Condition: { KeyPrefixEquals: 'docs/' }, Redirect: { ReplaceKeyPrefixWith: 'documents/' } },
          {
            Condition: { KeyPrefixEquals: 'lost/', HttpErrorCodeReturnedEquals: '404' },
            Redirect: { HostName: 'other.test', Protocol: 'https', HttpRedirectCode: '302' },
          },
        ],
      },
    }),
  )
  const put = (Key: string, Body: string, more = {}) =>
    s3.send(new PutObjectCommand({ Bucket: 'site', Key, Body, ContentType: 'text/html', ...more }))
  await put('index.html', 'home')
  await put('a b/index.html', 'folder')
  await put('oops.html', 'nothing here')
  await put('away', '', { WebsiteRedirectLocation: '/index.html', Body: 'x' })
  expect((await get('/')).status).toBe(403)
  const Action = ['s3:GetObject', 's3:ListBucket']
  const Resource = ['arn:aws:s3:::site', 'arn:aws:s3:::site/*']
  const Statement = [{ Effect: 'Allow', Principal: '*', Action, Resource }]
  await s3.send(
    new PutBucketPolicyCommand({
      Bucket: 'site',
      Policy: JSON.stringify({ Version: '2012-10-17', Statement }),
    }),
  )
  expect(await get('/?a=1')).toMatchObject({ status: 200, type: 'text/html', body: 'home' })
  expect(await get('/a%20b/')).toMatchObject({ status: 200, body: 'folder' })
  expect(await get('/a%20b')).toMatchObject({ status: 302, location: '/a%20b/' })
  expect(await get('/nothing')).toMatchObject({ status: 404, body: 'nothing here' })
  expect(await get('/away')).toMatchObject({ status: 301, location: '/index.html' })
  const own = `http://site.s3-website.localhost:${new URL(simulator.aws).port}`
  expect(await get('/docs/x')).toMatchObject({ status: 301, location: `${own}/documents/x` })
  expect(await get('/lost/x')).toMatchObject({ status: 302, location: 'https://other.test/lost/x' })
  expect((await visit(simulator.aws, 'site', '/', 'DELETE')).status).toBe(405)

  const RedirectAllRequestsTo = { HostName: 'new.test' }
  await s3.send(
    new PutBucketWebsiteCommand({ Bucket: 'moved', WebsiteConfiguration: { RedirectAllRequestsTo } }),
  )
  expect(await get('/x/y', 'moved')).toMatchObject({ status: 301, location: 'http://new.test/x/y' })
  const none = await get('/', 'plain')
  expect(none).toMatchObject({ status: 404, type: 'text/html; charset=utf-8' })
  expect(none.body).toContain('<li>Code: NoSuchWebsiteConfiguration</li>')
  expect((await get('/', 'nobodys')).body).toContain('<li>Code: NoSuchBucket</li>')
})
