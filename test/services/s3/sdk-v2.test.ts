import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { loadPeer } from '../../support/peers.ts'
import { byBytes, oddKeys } from './odd-keys.ts'
import { startS3 } from './support.ts'

/** As much of the SDK's second version as is used here. */
interface OldS3 {
  [operation: string]: (input?: object) => { promise?: () => Promise<never>; send(done: Done): void }
}
type Done = (error: Error | null, answer: Record<string, unknown>) => void
interface OldSdk {
  readonly S3: new (
    options: object,
  ) => OldS3 & {
    getSignedUrl(operation: string, input: object): string
    upload(input: object, options: object, done: Done): void
  }
}

/** 2.2.32 and 2.3.16 sign with Signature Version 2; all pre-sign with it. */
const versions = ['aws-sdk-2.2.32', 'aws-sdk-2.3.16', 'aws-sdk-2.4.6', 'aws-sdk'] as const
const Bucket = 'old'

describe.each(versions)('%s', name => {
  test.skipIf(loadPeer(name) === undefined)(
    'objects, odd keys, conditions, signed URLs and uploads in parts',
    async () => {
      const { endpoint } = await startS3()
      const { S3 } = loadPeer<OldSdk>(name) as OldSdk
      const s3 = new S3({
        endpoint,
        accessKeyId: 'test',
        secretAccessKey: 'test',
        region: 'us-east-1',
        s3ForcePathStyle: true,
        maxRetries: 0,
      })
      const send = (operation: string, input?: object): Promise<Record<string, unknown>> =>
        new Promise((resolve, reject) =>
          s3[operation]?.(input).send((error, answer) => (error === null ? resolve(answer) : reject(error))),
        )
      // Without this the older ones name us-east-1, which S3 itself refuses as a constraint.
      await send('createBucket', { Bucket, CreateBucketConfiguration: {} })
      for (const Key of oddKeys) await send('putObject', { Bucket, Key, Body: `body of ${Key}` })
      for (const Key of oddKeys)
        expect(String((await send('getObject', { Bucket, Key }))['Body'])).toBe(`body of ${Key}`)
      const listed = (await send('listObjects', { Bucket, EncodingType: 'url' })) as {
        Contents: { Key: string }[]
      }
      expect(listed.Contents.map(({ Key }) => decodeURIComponent(Key))).toEqual(oddKeys.toSorted(byBytes))

      const about = { ContentType: 'text/plain', Metadata: { data: '{"title":"a"}' } }
      const { ETag } = await send('putObject', { Bucket, Key: 'a b', Body: 'text', ...about })
      const read = await send('getObject', { Bucket, Key: 'a b' })
      expect(read).toMatchObject({ ...about, ETag })
      // The older ones do not read numbers.
      expect(Number(read['ContentLength'])).toBe(4)
      await expect(send('getObject', { Bucket, Key: 'a b', IfNoneMatch: ETag })).rejects.toMatchObject({
        code: 'NotModified',
        statusCode: 304,
      })
      await expect(send('getObject', { Bucket, Key: 'none' })).rejects.toMatchObject({
        code: 'NoSuchKey',
        message: 'The specified key does not exist.',
        statusCode: 404,
      })

      const url = s3.getSignedUrl('getObject', { Bucket, Key: 'a b', Expires: 60 })
      expect(url).toContain('AWSAccessKeyId=test')
      expect(await (await fetch(url)).text()).toBe('text')
      expect((await fetch(url.replace(/Signature=.{4}/, 'Signature=AAAA'))).status).toBe(403)
      const put = s3.getSignedUrl('putObject', { Bucket, Key: 'signed', Expires: 60 })
      expect((await fetch(put, { method: 'PUT', body: Buffer.from('put') })).status).toBe(200)
      expect(String((await send('getObject', { Bucket, Key: 'signed' }))['Body'])).toBe('put')

      const Body = randomBytes(6_000_000)
      const uploaded = await new Promise<Record<string, unknown>>((resolve, reject) =>
        s3.upload({ Bucket, Key: 'big', Body }, { partSize: 5_242_880 }, (error, answer) =>
          error === null ? resolve(answer) : reject(error),
        ),
      )
      expect(uploaded['ETag']).toMatch(/^"[0-9a-f]{32}-2"$/)
      expect(Body.equals((await send('getObject', { Bucket, Key: 'big' }))['Body'] as Buffer)).toBe(true)
      await send('deleteObjects', { Bucket, Delete: { Objects: [{ Key: 'big' }, { Key: 'a b' }] } })
      await expect(send('headObject', { Bucket, Key: 'big' })).rejects.toMatchObject({ statusCode: 404 })
    },
    60_000,
  )
})
