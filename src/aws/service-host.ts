import type { AwsError } from './aws-error.ts'
import type { CrossOriginQuestion, CrossOriginRule } from './cross-origin.ts'
import type { OperationContext, ServiceDefinition, ServiceEnvironment } from './define-service.ts'
import type { AuthorizationRequest, Authorizer, ProtocolName } from './door-contract.ts'
import type { AccessRequest, Principal } from './principal.ts'

/** One call of an operation, its input decoded and its caller known. */
export interface ServiceCall {
  readonly service: string
  readonly operation: string
  readonly input: unknown
  /** What is wrong with the body, which is said to those alone whom the policies let in. */
  readonly malformed?: AwsError | undefined
  readonly principal: Principal
  readonly account: string
  readonly region: string
  readonly requestId: string
  /** The journal's record of the call. */
  readonly trace?: string
  readonly protocol: ProtocolName
  readonly http: OperationContext<unknown>['http']
}

/** The services of one simulator with their states. */
export interface ServiceHost {
  /** Service id → whether its state exists yet. */
  services(): Readonly<Record<string, 'available' | 'running'>>
  implements(service: string, operation: string): boolean
  /** Whether the service wants its inputs unchecked but for their types. */
  checksLimits(service: string): boolean
  /** The service's own way of reading an input. */
  readerOf(service: string, operation: string): NonNullable<ServiceDefinition['readers']>[string] | undefined
  /** Runs what the service checks of an input before the model's limits. */
  checkFirst(service: string, operation: string, input: unknown, broken: () => string | undefined): void
  /** Asks the policies, then runs the operation; rejects with the AwsError that the service would answer. */
  call(call: ServiceCall): Promise<unknown>
  /** What the service says to a page of another origin. */
  crossOrigin(
    service: string,
    question: CrossOriginQuestion,
  ): Promise<Awaited<ReturnType<CrossOriginRule<unknown>>>>
  /** Forgets every state; the store itself is cleared by whoever owns it. */
  reset(): Promise<void>
  stop(): Promise<void>
}

/** Hosts services: a state is made when its service is first called, once per simulator. */
export function createServiceHost(
  definitions: readonly ServiceDefinition[],
  environment: ServiceEnvironment,
  authorizer: Authorizer | undefined,
): ServiceHost {
  const byId = new Map(definitions.map(definition => [definition.id, definition]))
  const states = new Map<string, Promise<unknown>>()
  /** The states that are there already, so that their calls need not wait. */
  const made = new Map<string, unknown>()
  const { ids, clock, events, log } = environment
  const newId = (): string => ids.uuid()

  function stateOf(definition: ServiceDefinition): Promise<unknown> {
    const known = states.get(definition.id)
    if (known !== undefined) return known
    const state = Promise.resolve(definition.createState(environment))
    states.set(definition.id, state)
    state.then(
      value => states.get(definition.id) === state && made.set(definition.id, value),
      // A state that could not be made is tried again by the next call.
      () => states.delete(definition.id),
    )
    return state
  }

  for (const definition of definitions)
    if (definition.startsAtOnce)
      stateOf(definition).catch(error => log.error({ err: error }, `${definition.id} could not start`))

  async function each(run: (definition: ServiceDefinition, state: unknown) => unknown): Promise<void> {
    for (const [id, state] of [...states]) {
      const definition = byId.get(id)
      if (definition !== undefined) await run(definition, await state)
    }
  }

  return {
    services: () =>
      Object.fromEntries(definitions.map(({ id }) => [id, states.has(id) ? 'running' : 'available'])),
    implements: (service, operation) => Object.hasOwn(byId.get(service)?.operations ?? {}, operation),
    checksLimits: service => byId.get(service)?.checksLimits === true,
    readerOf(service, operation) {
      const readers = byId.get(service)?.readers
      return readers !== undefined && Object.hasOwn(readers, operation) ? readers[operation] : undefined
    },
    checkFirst(service, operation, input, broken) {
      const checks = byId.get(service)?.firstChecks
      if (checks !== undefined && Object.hasOwn(checks, operation))
        checks[operation]?.(input as never, broken)
    },
    async crossOrigin(service, question) {
      const definition = byId.get(service)
      if (definition?.crossOrigin === undefined) return undefined
      return await definition.crossOrigin(await stateOf(definition), question)
    },
    async call(call) {
      const definition = byId.get(call.service)
      const operation = definition?.operations[call.operation]
      if (definition === undefined || operation === undefined)
        throw new Error(`${call.service} does not implement ${call.operation}`)
      const now = clock.now()
      const { account, region, principal, requestId, trace, http } = call
      const context: OperationContext<unknown> = {
        state: made.has(definition.id) ? made.get(definition.id) : await stateOf(definition),
        account,
        region,
        principal,
        requestId,
        ...(trace !== undefined && { trace }),
        now,
        newId,
        emit: ({ type, detail }) =>
          events.emit({
            source: call.service,
            type,
            account,
            region,
            time: clock.now(),
            detail,
            ...(trace !== undefined && { cause: trace }),
          }),
        authorize: async access => await authorizer?.authorize(authorizationOf(call, access, now)),
        log,
        http,
      }
      if (authorizer !== undefined) {
        const access = accessOf(definition, call, context)
        const asked = authorizationOf(call, access instanceof Promise ? await access : access, now)
        const refused = authorizer.authorize(asked)
        if (refused !== undefined) await refused
      }
      if (call.malformed !== undefined) throw call.malformed
      // Awaited here: an async function that returns a promise takes three turns to pass it on, not one.
      return await operation(context, call.input as never)
    },
    async reset() {
      await each(async (definition, state) => {
        if (definition.reset !== undefined) return await definition.reset(state)
        states.delete(definition.id)
        made.delete(definition.id)
        await definition.stop?.(state)
      })
    },
    async stop() {
      await each(async (definition, state) => await definition.stop?.(state))
      states.clear()
      made.clear()
    },
  }
}

/** An operation that declares nothing needs `ssm:GetParameter` on everything. */
function accessOf(
  definition: ServiceDefinition,
  call: ServiceCall,
  context: OperationContext<unknown>,
): readonly AccessRequest[] | Promise<readonly AccessRequest[]> {
  const rules = definition.access ?? {}
  const rule = Object.hasOwn(rules, call.operation) ? rules[call.operation] : undefined
  if (rule !== undefined) return rule(context, call.input as never)
  return [{ action: `${call.service}:${call.operation}`, resources: ['*'] }]
}

function authorizationOf(
  call: ServiceCall,
  access: readonly AccessRequest[],
  now: number,
): AuthorizationRequest {
  const { service, operation, protocol, account, region, requestId, http } = call
  const principal = access[0]?.principal ?? call.principal
  return {
    principal,
    access,
    service,
    operation,
    protocol,
    account,
    region,
    sourceIp: http.sourceIp,
    secure: http.secure,
    userAgent: http.headers['user-agent'],
    referer: http.headers['referer'],
    now,
    requestId,
  }
}
