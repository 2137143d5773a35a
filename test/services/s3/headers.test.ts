import { createHmac } from 'node:crypto'
import { CreateBucketCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import aws4 from 'aws4'
import { expect, test } from 'vitest'
import { startS3 } from './support.ts'

const Bucket = 'names'

test('letters beyond ASCII come back: in Content-Disposition as they are, in metadata as encoded words', async () => {
  const { s3, endpoint } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket, ACL: 'public-read-write' }))
  const disposition = 'attachment; filename="résumé.pdf"'
  const form = new FormData()
  form.set('key', 'a')
  form.set('acl', 'public-read')
  form.set('Content-Disposition', disposition)
  form.set('x-amz-meta-plain', 'ASCII only')
  form.set('x-amz-meta-mostly', 'ÄMÄZÕÑ S3')
  form.set('x-amz-meta-other', '日本')
  form.set('x-amz-meta-sent', '=?UTF-8?B?YWJj?=')
  form.set('file', 'posted')
  expect((await fetch(`${endpoint}/${Bucket}`, { method: 'POST', body: form })).status).toBe(204)

  const got = await fetch(`${endpoint}/${Bucket}/a`)
  expect(await got.text()).toBe('posted')
  const bytes = Buffer.from(got.headers.get('content-disposition') ?? '', 'latin1')
  expect(bytes.toString('utf8')).toBe(disposition)
  expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'a' }))).Metadata).toEqual({
    plain: 'ASCII only',
    // Both forms as AWS was recorded to write them: quoted where most is ASCII, else base64.
    mostly: '=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?=',
    other: '=?UTF-8?B?5pel5pys?=',
    // A form's field is no header: it is kept as it is.
    sent: '=?UTF-8?B?YWJj?=',
  })
})

test('an encoded word in a header is kept as the text that it stands for', async () => {
  const { s3 } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  const Metadata = { b: '=?UTF-8?B?YWJj?=', q: '=?UTF-8?Q?actually-ascii?=', not: '=?x' }
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'a', Metadata }))
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'a' }))
  expect(head.Metadata).toEqual({ b: 'abc', q: 'actually-ascii', not: '=?x' })
})

test('a URL signed with Version 2 holds for the content type that was signed, whatever the URL itself says', async () => {
  const { s3, endpoint } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  const expires = Math.floor(Date.now() / 1000) + 60
  const text = `PUT\n\ntext/plain\n${expires}\n/${Bucket}/a`
  const query = new URLSearchParams({
    AWSAccessKeyId: 'test',
    Signature: createHmac('sha1', 'test').update(text).digest('base64'),
    'content-type': 'text/plain',
    Expires: String(expires),
  })
  const put = async (type: string) =>
    (
      await fetch(`${endpoint}/${Bucket}/a?${query}`, {
        method: 'PUT',
        body: 'x',
        headers: { 'content-type': type },
      })
    ).status
  expect([await put('text/plain'), await put('text/xml')]).toEqual([200, 403])
})

test('a URL that an SDK signed for an upload takes any body: the sum of none that stands in it is ignored', async () => {
  const { s3, endpoint } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  const { host } = new URL(endpoint)
  const query =
    'X-Amz-Expires=60&x-amz-checksum-crc32=AAAAAA%3D%3D&x-amz-meta-a=b&x-amz-sdk-checksum-algorithm=CRC32'
  const signed = aws4.sign(
    {
      host,
      method: 'PUT',
      path: `/${Bucket}/signed?${query}&x-id=PutObject`,
      service: 's3',
      signQuery: true,
    },
    { accessKeyId: 'test', secretAccessKey: 'test' },
  )
  const put = async (path = '') => {
    const answer = await fetch(`${endpoint}${path}`, { method: 'PUT', body: 'whatever comes' })
    return [answer.status, await answer.text()]
  }
  expect(await put(signed.path)).toEqual([200, ''])
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'signed', ChecksumMode: 'ENABLED' }))
  expect(head).toMatchObject({ ContentLength: 14, Metadata: { a: 'b' }, ChecksumType: 'FULL_OBJECT' })
  expect(head.ChecksumCRC64NVME).toBeDefined()
  // It is signed all the same.
  expect(await put(signed.path?.replace('AAAAAA', 'BBBBBB'))).toEqual([
    403,
    expect.stringContaining('SignatureDoesNotMatch'),
  ])
})
