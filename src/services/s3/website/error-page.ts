import { STATUS_CODES } from 'node:http'
import { type AwsError, hostId, type WireReply } from '../../../aws/index.ts'

/** Text for a page. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`)

/** The page that a website shows for an error, in the form of S3's own. https://docs.aws.amazon.com/AmazonS3/latest/userguide/CustomErrorDocSupport.html */
export function errorPage(
  { code, message, detail, statusCode = 400 }: AwsError,
  requestId: string,
  further: readonly string[] = [],
): WireReply {
  const title = `${statusCode} ${STATUS_CODES[statusCode] ?? ''}`
  const items = [
    ['Code', code],
    ['Message', message],
    ...Object.entries(detail),
    ['RequestId', requestId],
    ['HostId', hostId(requestId)],
  ].map(([name, value]) => `<li>${name}: ${escaped(String(value))}</li>\n`)
  const body = `<html>
<head><title>${title}</title></head>
<body>
<h1>${title}</h1>
<ul>
${items.join('')}</ul>
${further.map(text => `${text}\n`).join('')}<hr/>
</body>
</html>
`
  return {
    status: statusCode,
    headers: [
      ['x-amz-error-code', code],
      ['x-amz-error-message', message],
      ...websiteHeaders(requestId),
      ['Content-Type', 'text/html; charset=utf-8'],
    ],
    body: Buffer.from(body),
  }
}

/** Headers of everything that a website answers. */
export function websiteHeaders(requestId: string): (readonly [string, string])[] {
  return [
    ['x-amz-request-id', requestId],
    ['x-amz-id-2', hostId(requestId)],
    ['Server', 'AmazonS3'],
  ]
}
