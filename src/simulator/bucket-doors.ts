import type { SideDoor } from '../server/index.ts'
import { ingestDoor } from './ingest-door.ts'
import { type WebsiteParts, websiteDoor } from './website-door.ts'

/** What buckets answer besides S3's API: websites; or an engine's notifications, where an engine has the objects. */
export function bucketDoors(
  parts: WebsiteParts & { readonly config: { s3Endpoint?: string | undefined } },
): SideDoor[] {
  const { config, host, ids } = parts
  return [config.s3Endpoint === undefined ? websiteDoor(parts) : ingestDoor(host, config, ids)]
}
