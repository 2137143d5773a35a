import { AwsError, type ServiceHost, type WireReply } from '../aws/index.ts'
import type { Config } from '../config/index.ts'
import type { Ids } from '../ports/index.ts'
import type { SideDoor } from '../server/index.ts'
import { rootCaller } from './call-as-root.ts'

const place = /^\/_lambdarium\/s3\/notifications\/?(?:\?|$)/

const json = (status: number, value: object): WireReply => ({
  status,
  headers: [['content-type', 'application/json']],
  body: Buffer.from(JSON.stringify(value)),
})

/**
 * Where an S3 engine posts its own notifications of writes that go around us: `POST /_lambdarium/s3/notifications`.
 * Engines cannot sign, so only this machine reaches it, and no page may.
 */
export function ingestDoor(
  host: () => Pick<ServiceHost, 'call'>,
  config: Pick<Config, 'account' | 'region'>,
  ids: Ids,
): SideDoor {
  return {
    owns: ({ rawUrl }) => place.test(rawUrl),
    async handle({ method, headers, body }) {
      // MinIO looks whether somebody is there before it sends anything.
      if (method === 'GET' || method === 'HEAD') return json(200, {})
      if (method !== 'POST') return json(405, { message: 'Notifications are posted.' })
      if (headers['origin'] !== undefined) return json(403, { message: 'Pages may not post notifications.' })
      try {
        const taken = await rootCaller(host(), config, ids)('s3', 'IngestNotifications', { Body: body })
        return json(200, taken as object)
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        return json(error.statusCode ?? 400, { code: error.code, message: error.message })
      }
    },
  }
}
