import { rootPrincipal } from '../aws/index.ts'
import type { Functions } from '../ports/index.ts'
import type { BucketObjects } from '../services/index.ts'
import type { PollerParts } from '../triggers/index.ts'
import type { Root } from './call-as-root.ts'
import { createReportDelivery } from './deliver-report.ts'
import type { EventBus } from './events.ts'
import { createPollerStores, type PollerStores, type PollerStoresParts } from './poller-stores.ts'
import { streamCauses } from './stream-causes.ts'

interface Parts extends PollerStoresParts, Pick<PollerParts, 'journal' | 'activity'> {
  readonly functions: Functions
  readonly root: Root
  readonly objects: BucketObjects
  readonly events: EventBus
  readonly awsUrl: () => string
}

/** Everything that polling streams needs; `external` are the streams of another engine. */
export function createPoller(
  { root, objects, events, awsUrl, ...parts }: Parts,
  external: PollerStores['streams'] | undefined,
): PollerParts & PollerStores {
  const put = objects.put.bind(undefined, rootPrincipal(parts.config.account))
  return {
    ...parts,
    ...createPollerStores(parts, external),
    causeOf: streamCauses(events),
    deliver: createReportDelivery(root.call, root, awsUrl, put),
  }
}
