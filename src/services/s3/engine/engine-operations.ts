import { buffer } from 'node:stream/consumers'
import { AwsError } from '../../../aws/index.ts'
import { findBucket } from '../buckets/bucket.ts'
import { noSuchBucket } from '../errors.ts'
import { IngestNotifications } from '../ingest/ingest-notifications.ts'
import { encodePath } from '../objects/object-key.ts'
import * as operations from '../operations/index.ts'
import type { Operation, S3Context } from '../state.ts'
import { deleteSome } from './delete-some.ts'
import type { EngineReply } from './engine.ts'
import { engineRequest } from './engine-request.ts'
import { forwardOperation } from './forward.ts'
import { rememberBucket } from './local-bucket.ts'
import { postForm } from './post-form.ts'
import { elementText } from './small-reply.ts'

interface Named {
  readonly Bucket?: string
  readonly Key?: string
  readonly VersionId?: string
}

const nothing = new Uint8Array(0)

/** Asks the engine for what a part of the simulator wants, not a client. */
async function askEngine(
  { state }: S3Context,
  method: string,
  { Bucket = '', Key, VersionId }: Named,
): Promise<EngineReply> {
  if (state.engine === undefined) throw new Error('S3 has no engine')
  const key = Key === undefined ? '' : `/${encodePath(Key)}`
  const query = VersionId === undefined ? [] : [['versionId', VersionId] as const]
  const reply = await state.engine.engine.send(
    engineRequest({ method, path: `/${Bucket}${key}`, query, headers: {}, labels: {}, body: nothing }),
  )
  if (reply.status < 300) return reply
  const document = (await buffer(reply.body)).toString()
  if (reply.status === 404 && document === '' && Key === undefined) throw noSuchBucket(Bucket)
  const code = elementText(document, 'Code') ?? (reply.status === 404 ? 'NoSuchKey' : 'InternalError')
  throw new AwsError(code, elementText(document, 'Message') ?? `The S3 engine answered ${reply.status}.`, {
    statusCode: reply.status,
  })
}

/** What parts of the simulator ask for, besides what clients do. */
const within: Readonly<Record<string, Operation<Named, object>>> = {
  async CreateBucket(context, input) {
    await askEngine(context, 'PUT', { Bucket: input.Bucket ?? '' })
    await rememberBucket(context, input.Bucket ?? '')
    return {}
  },
  async HeadBucket(context, input) {
    await buffer((await askEngine(context, 'HEAD', { Bucket: input.Bucket ?? '' })).body)
    return {}
  },
  GetObject: async (context, input) => ({ Body: (await askEngine(context, 'GET', input)).body }),
}

function handedOn(name: string): Operation<Named, unknown> {
  const forward = forwardOperation(name)
  const inner = within[name]
  return (context, input) =>
    context.http.wire === undefined && inner !== undefined ? inner(context, input) : forward(context, input)
}

/** Who hears of a bucket is known here alone: the engine never sees it, but has to have the bucket. */
function keptHere(operation: Operation<never, unknown>): Operation<Named, unknown> {
  return async (context, input) => {
    const name = input.Bucket ?? ''
    if ((await context.state.store.read(reader => findBucket(reader, name))) === undefined) {
      await buffer((await askEngine(context, 'HEAD', { Bucket: name })).body)
      await rememberBucket(context, name)
    }
    return await operation(context, input as never)
  }
}

/** S3's operations where an engine keeps the objects. */
export const engineOperations: Readonly<Record<string, Operation<never, unknown>>> = {
  ...Object.fromEntries(Object.keys(operations).map(name => [name, handedOn(name)])),
  DeleteObjects: deleteSome(forwardOperation('DeleteObjects')),
  GetBucketNotificationConfiguration: keptHere(operations.GetBucketNotificationConfiguration),
  PutBucketNotificationConfiguration: keptHere(operations.PutBucketNotificationConfiguration),
  IngestNotifications,
  PostObject: postForm(forwardOperation('PostObject')),
}
