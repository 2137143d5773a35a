import { request as send } from 'node:http'
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { loadServiceModel, type ServiceModel } from '../../../src/aws/index.ts'
import { createRandom, type Random } from '../../support/random.ts'
import { startS3 } from './support.ts'

type Shape = ServiceModel['shapes'][string]

const texts = [
  '',
  ' ',
  '0',
  '-1',
  '1',
  '3',
  '1000',
  '10001',
  '99999999999999999999',
  '1e3',
  'NaN',
  'true',
  'false',
  'null',
  'undefined',
  'Enabled',
  'Suspended',
  '*',
  'bytes=0-',
  'bytes=-0',
  'bytes=5-1',
  'bytes=0-1,3-4',
  '"d41d8cd98f00b204e9800998ecf8427e"',
  'W/"x"',
  '2026-01-01T00:00:00Z',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  'not a date',
  'AAAAAA==',
  '%',
  '%E0%A4%A',
  '%00',
  '../..',
  '//',
  'a=b&a=c',
  '__proto__',
  'constructor',
  'url',
  'garbage/k',
  '/garbage/k?versionId=null',
  'garbage/%zz',
  'arn:aws:s3:::garbage',
  'arn:aws:lambda:us-east-1:000000000000:function:f',
  'public-read',
  'id="x"',
  'STANDARD',
  'GLACIER',
  'CRC32',
  'SHA256',
  'COMPOSITE',
  'FULL_OBJECT',
  'AES256',
  'aws:kms',
  '{"Version":"2012-10-17","Statement":[]}',
  '{',
  '😀 é \u{1f468}',
  'x'.repeat(1100),
]

/** A document of a shape in which members are missing, doubled, empty, of another kind, or foreign. */
function document(model: ServiceModel, random: Random, shapeName: string, depth = 0): string {
  const shape: Shape | undefined = model.shapes[shapeName]
  if (depth > 6) return ''
  if (shape?.m !== undefined)
    return Object.entries(shape.m)
      .flatMap(([name, member]) => {
        const [of, traits] = typeof member === 'string' ? [member, {}] : member
        const wire = (traits as { xml?: string }).xml ?? name
        const times = random.pick([0, 1, 1, 1, 1, 1, 1, 2])
        return Array.from({ length: times }, () => {
          const inner = random.chance(0.08)
            ? escaped(random.pick(texts))
            : document(model, random, of, depth + 1)
          return `<${wire}>${inner}</${wire}>`
        })
      })
      .concat(random.chance(0.05) ? ['<Foreign/>'] : [])
      .join('')
  if (shape?.of !== undefined) {
    const [of, traits] = typeof shape.of === 'string' ? [shape.of, {}] : shape.of
    const wire = (traits as { xml?: string }).xml ?? 'member'
    return Array.from(
      { length: random.below(3) },
      () => `<${wire}>${document(model, random, of, depth + 1)}</${wire}>`,
    ).join('')
  }
  if (shape?.enum !== undefined && random.chance(0.8)) return random.pick(shape.enum)
  return escaped(random.pick(texts))
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

function askAnything(model: ServiceModel, random: Random, uploadId: string): Asked {
  const operation = random.pick(Object.values(model.operations).filter(({ http }) => http !== undefined))
  const [method, uri] = operation.http as readonly [string, string, number?]
  const [template = '', fixed = ''] = uri.split('?')
  const key = random.chance(0.7) ? random.pick(['k', 'v', 'up']) : encodeURIComponent(random.pick(texts))
  const bucket = random.chance(0.9) ? 'garbage' : encodeURIComponent(random.pick(texts).slice(0, 70))
  const path = template.replace('{Bucket}', bucket).replace('{Key+}', key)
  const query = fixed === '' ? [] : fixed.split('&')
  const headers: Record<string, string> = {}
  let body = ''
  for (const [name, member] of Object.entries(model.shapes[operation.input ?? '']?.m ?? {})) {
    const [of, traits] = typeof member === 'string' ? [member, {} as Record<string, never>] : member
    const { query: parameter, header, prefix, payload } = traits as Record<string, string | undefined>
    const shape = model.shapes[of]
    const value = (): string =>
      shape?.enum !== undefined && random.chance(0.7) ? random.pick(shape.enum) : random.pick(texts)
    if (parameter !== undefined && (random.chance(0.3) || name === 'UploadId' || name === 'PartNumber'))
      query.push(
        `${parameter}=${encodeURIComponent(name === 'UploadId' && random.chance(0.8) ? uploadId : value())}`,
      )
    else if (header !== undefined && header !== 'Content-Length' && random.chance(0.15))
      headers[header] = value()
    else if (prefix !== undefined && random.chance(0.2)) headers[`${prefix}odd`] = value()
    else if (payload !== undefined) {
      const root = (traits as { xml?: string }).xml ?? of
      body = shape?.m === undefined ? random.pick(texts) : `<${root}>${document(model, random, of)}</${root}>`
      if (random.chance(0.05)) body = body.slice(0, random.below(body.length + 1))
    }
  }
  return { method, path: query.length === 0 ? path : `${path}?${query.join('&')}`, headers, body }
}

function ask(endpoint: string, { method, path, headers, body }: Asked): Promise<number> {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(body)
    const latin = Object.entries(headers).map(([name, value]) => [
      name,
      Buffer.from(value).toString('latin1'),
    ])
    const outgoing = send(
      `${endpoint}/`,
      {
        method,
        path,
        headers: { ...Object.fromEntries(latin), 'content-length': bytes.length },
        timeout: 10_000,
      },
      answer => {
        answer.resume()
        answer.on('end', () => resolve(answer.statusCode ?? 0))
        answer.on('error', reject)
      },
    )
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in ten seconds')))
    outgoing.on('error', reject)
    outgoing.end(bytes)
  })
}

const rounds = Number(process.env['RANDOM_ROUNDS'] ?? 600)

test('whatever is asked is answered, and never by an internal error', async () => {
  const bugs: unknown[] = []
  const log = { debug() {}, info() {}, warn() {}, error: (detail: unknown) => void bugs.push(detail) }
  const { s3, endpoint } = await startS3({ authenticator: undefined as never, log: log as never })
  const model = loadServiceModel('s3')
  const random = createRandom(Number(process.env['RANDOM_SEED'] ?? 20_261_129))
  const prepare = async (): Promise<string> => {
    const Bucket = 'garbage'
    await s3.send(new CreateBucketCommand({ Bucket })).catch(() => {})
    await s3
      .send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }))
      .catch(() => {})
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'some content' })).catch(() => {})
    const { UploadId = '' } = await s3
      .send(new CreateMultipartUploadCommand({ Bucket, Key: 'up' }))
      .catch(() => ({ UploadId: '' }))
    await s3
      .send(new UploadPartCommand({ Bucket, Key: 'up', UploadId, PartNumber: 1, Body: 'part' }))
      .catch(() => {})
    return UploadId
  }
  const wrong: unknown[] = []
  let uploadId = ''
  for (let round = 0; round < rounds; round++) {
    if (round % 50 === 0) uploadId = await prepare()
    const asked = askAnything(model, random, uploadId)
    const status = await ask(endpoint, asked).catch(error => String(error))
    if (status === 500 || typeof status === 'string') wrong.push({ status, asked, bugs: bugs.splice(0) })
  }
  expect(wrong).toEqual([])
})
