import type { S3Context, S3State } from './state.ts'

/** The context in which S3 acts by itself: a lifecycle rule, a restored copy that goes away. */
export function serviceContext(
  state: S3State,
  { account, region }: { readonly account: string; readonly region: string },
): S3Context {
  const { clock, ids, log, events } = state
  const name = 's3.amazonaws.com'
  return {
    state,
    account,
    region,
    principal: {
      kind: 'service',
      account,
      arn: name,
      userId: name,
      tags: {},
      sessionContext: {},
      sessionPolicies: [],
    },
    requestId: ids.token(16, '0123456789ABCDEF'),
    now: clock.now(),
    newId: () => ids.uuid(),
    emit: ({ type, detail }) =>
      events.emit({ source: 's3', type, account, region, time: clock.now(), detail }),
    // Nobody's policies bind S3 itself.
    authorize: async () => {},
    log,
    http: { sourceIp: name, secure: false, host: 'localhost', headers: {} },
  }
}
