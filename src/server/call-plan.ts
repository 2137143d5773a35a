import type { Codec, LinkedOperation, Resolved, ServiceHost } from '../aws/index.ts'

/** What of a call is known before it comes: found out once for each operation and protocol. */
export interface CallPlan {
  /** For the journal and the log. */
  readonly names: { readonly service: string; readonly operation: string }
  readonly codec: Codec
  readonly operation: LinkedOperation
  readonly isImplemented: boolean
  /** The body must not be collected. */
  readonly streams: boolean
  /** The input is in the body alone, so it can be read from there again. */
  readonly isInBody: boolean
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
  return {
    names: { service: id, operation: name },
    codec,
    operation,
    isImplemented: host.implements(id, name),
    streams: codec.streamsInput(operation),
    isInBody: protocol === 'awsJson1_0' || protocol === 'awsJson1_1',
    signatureOptional: operations[name]?.auth === 'none',
    validate: isChecked && operation.input !== undefined ? wire.validator(operation.input) : undefined,
  }
}
