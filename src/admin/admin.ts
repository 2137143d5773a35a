import type { Outbox, RecordedJournal } from '../journal/index.ts'
import type { SimulatedClock } from '../ports/index.ts'
import { clockEndpoint } from './clock-endpoint.ts'
import { idleEndpoint } from './idle-endpoint.ts'
import { journalEndpoint } from './journal-endpoint.ts'
import { type AdminReply, type AdminRequest, jsonReply } from './messages.ts'

/** What the admin endpoints look at and act on. */
export interface AdminEnvironment {
  readonly version: string
  /** What `/_lambdarium/health` says besides the services: URLs, account, region, project. */
  readonly about: () => Readonly<Record<string, unknown>>
  /** Service id → `running`. */
  readonly services: () => Readonly<Record<string, string>>
  readonly journal: RecordedJournal
  readonly outbox: Outbox
  readonly clock: SimulatedClock
  readonly idle: () => Promise<void>
  /** What is going on now, by label. */
  readonly active: () => Readonly<Record<string, number>>
  readonly reset: () => Promise<void>
  /** Whether a page of this origin may change something here. */
  readonly allowsOrigin: (origin: string) => boolean
}

/** The part of the AWS door that is not AWS: `/_lambdarium/*` and `/_localstack/health`. */
export interface Admin {
  /** Whether a raw URL is one of the admin's. */
  owns(rawUrl: string): boolean
  handle(request: AdminRequest): Promise<AdminReply>
}

/** One endpoint with the methods that it takes. */
export interface Endpoint {
  readonly methods: readonly string[]
  answer(request: AdminRequest, query: URLSearchParams): Promise<AdminReply> | AdminReply
}

/** Makes the admin API. */
export function createAdmin(environment: AdminEnvironment): Admin {
  const { version, about, services, journal, outbox, clock, reset, idle, active, allowsOrigin } = environment
  const endpoints: Readonly<Record<string, Endpoint>> = {
    '/_lambdarium/health': {
      methods: ['GET', 'HEAD'],
      answer: () => jsonReply(200, { status: 'running', version, ...about(), services: services() }),
    },
    '/_lambdarium/reset': {
      methods: ['POST'],
      async answer() {
        await reset()
        return jsonReply(200, { reset: true })
      },
    },
    '/_lambdarium/idle': idleEndpoint({ idle, active, clock }),
    '/_lambdarium/journal': journalEndpoint(journal),
    '/_lambdarium/outbox': {
      methods: ['GET', 'DELETE'],
      answer({ method }, query) {
        if (method === 'DELETE') outbox.clear()
        return jsonReply(200, { messages: outbox.messages(Object.fromEntries(query)) })
      },
    },
    '/_lambdarium/clock': clockEndpoint(clock),
    // What LocalStack's own scripts and test containers poll: {"services": {"s3": "running", …}, "edition", "version"}.
    // https://docs.localstack.cloud/references/internal-endpoints/
    '/_localstack/health': {
      methods: ['GET', 'HEAD'],
      answer: () => jsonReply(200, { services: services(), edition: 'community', version }),
    },
  }

  return {
    owns: rawUrl => rawUrl.startsWith('/_lambdarium') || rawUrl.startsWith('/_localstack'),
    async handle(request) {
      const url = new URL(request.rawUrl, 'http://admin')
      const endpoint = endpoints[url.pathname.replace(/\/$/, '')]
      if (endpoint === undefined)
        return jsonReply(404, {
          error: `${url.pathname} is no admin endpoint`,
          endpoints: Object.keys(endpoints),
        })
      if (!endpoint.methods.includes(request.method)) {
        const refusal = jsonReply(405, { error: `${url.pathname} takes ${endpoint.methods.join(', ')}` })
        return { ...refusal, headers: { ...refusal.headers, allow: endpoint.methods.join(', ') } }
      }
      if (request.method !== 'GET' && request.method !== 'HEAD' && isForeign(request, allowsOrigin))
        return jsonReply(403, {
          error: 'A page of another origin may not change anything here (allowedOrigins)',
        })
      const reply = await endpoint.answer(request, url.searchParams)
      return request.method === 'HEAD' ? { ...reply, body: '' } : reply
    },
  }
}

/** Browsers name the page's origin on every request that may change something; tools outside browsers name none. */
function isForeign({ headers }: AdminRequest, allowsOrigin: (origin: string) => boolean): boolean {
  const origin = headers['origin']
  // Any page can make a frame whose origin is `null`, so that one may read but not change.
  if (typeof origin === 'string') return origin === 'null' || !allowsOrigin(origin)
  return headers['sec-fetch-site'] === 'cross-site'
}
