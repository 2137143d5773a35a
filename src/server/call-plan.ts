import { AwsError, type Codec, type LinkedOperation, type Resolved, type ServiceHost } from '../aws/index.ts'

/** What of a call is known before it comes: found out once for each operation and protocol. */
export interface CallPlan {
  /** For the journal and the log. */
  readonly names: { readonly service: string; readonly operation: string }
  readonly codec: Codec
  readonly operation: LinkedOperation
  readonly isImplemented: boolean
  /** The body must not be collected. */
  readonly streams: boolean
  /** Reads an input that is in the body alone, now or again; absent where other parts of a request have a share in it. */
  readonly decodeBody: ((body: Uint8Array) => unknown) | undefined
  /** Reads an input in the service's own way; undefined where that cannot. */
  readonly read: ((body: Uint8Array) => unknown) | undefined
  /** AWS answers it unsigned. */
  readonly signatureOptional: boolean
  /** Says what limit of its model an input breaks; absent where the service words that itself. */
  readonly validate: ((input: unknown) => string | undefined) | undefined
}

/** Makes the lazily filled collection of plans that one door uses; undefined where the service has no such operation. */
export function createCallPlans(host: ServiceHost): (resolved: Resolved) => CallPlan | undefined {
  const plans = new Map<Resolved['wire'], Map<string, Map<string, CallPlan>>>()
  return resolved => {
    const { wire, protocol, operation } = resolved
    if (operation === undefined) return undefined
    const known = plans.get(wire)?.get(protocol)?.get(operation)
    if (known !== undefined) return known
    const plan = planOf(host, wire, protocol, operation)
    const ofWire = plans.get(wire) ?? new Map<string, Map<string, CallPlan>>()
    plans.set(wire, ofWire.set(protocol, (ofWire.get(protocol) ?? new Map()).set(operation, plan)))
    return plan
  }
}

function planOf(
  host: ServiceHost,
  wire: Resolved['wire'],
  protocol: Resolved['protocol'],
  name: string,
): CallPlan {
  const { id, operations } = wire.linked.service
  const operation = wire.linked.operation(name)
  if (operation === undefined) throw new Error(`${id} has no operation ${name}`)
  const codec = wire.codec(protocol)
  const isChecked =
    operation.input !== undefined && !host.checksLimits(id) && wire.facts.validationCode !== undefined
  const bodiless = { method: 'POST', path: '/', query: [], headers: {}, labels: {} }
  const decodeBody =
    protocol === 'awsJson1_0' || protocol === 'awsJson1_1'
      ? (body: Uint8Array): unknown => codec.decode(operation, { ...bodiless, body })
      : undefined
  return {
    names: { service: id, operation: name },
    codec,
    operation,
    isImplemented: host.implements(id, name),
    streams: codec.streamsInput(operation),
    decodeBody,
    read: decodeBody && readerOf(host.readerOf(id, name), decodeBody),
    signatureOptional: operations[name]?.auth === 'none',
    validate: isChecked && operation.input !== undefined ? wire.validator(operation.input) : undefined,
  }
}

function readerOf(
  reader: ReturnType<ServiceHost['readerOf']>,
  decode: (body: Uint8Array) => unknown,
): CallPlan['read'] {
  if (reader === undefined) return undefined
  return body => {
    try {
      return reader(body, decode)
    } catch (error) {
      // The codec says so of the whole.
      if (error instanceof AwsError) return undefined
      throw error
    }
  }
}
