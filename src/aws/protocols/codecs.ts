import { memoize } from '../../lib/index.ts'
import type { ProtocolName } from '../door-contract.ts'
import { loadServiceModel } from '../service-model.ts'
import { createAwsJsonCodec } from './aws-json.ts'
import { createAwsQueryCodec } from './aws-query.ts'
import { createValidators, type Validate } from './constraints.ts'
import { createRestJsonCodec } from './rest-json.ts'
import { createRestXmlCodec } from './rest-xml.ts'
import { createRoutes, type Routable, type Routed } from './routes.ts'
import { createRpcV2CborCodec } from './rpc-v2-cbor.ts'
import { type ServiceFacts, serviceFacts } from './service-facts.ts'
import { type LinkedModel, linkModel, type StructureShape } from './shapes.ts'
import type { Codec } from './wire.ts'

/** Everything that is known of one service's wire: its model, its codecs, its routes, its limits. */
export interface ServiceWire {
  readonly linked: LinkedModel
  readonly facts: ServiceFacts
  /** Codecs are made when they are first asked for. */
  codec(protocol: ProtocolName): Codec
  route(request: Routable): Routed | undefined
  /** The check of an operation's input. */
  validator(input: StructureShape): Validate
}

/** The wires of all services that have a model; each is loaded when it is first asked for. */
export type ServiceWires = (id: string) => ServiceWire

/** Makes the lazily filled collection of wires that one door uses. */
export function createServiceWires(): ServiceWires {
  return memoize(createServiceWire)
}

function createCodec(protocol: ProtocolName, linked: LinkedModel, facts: ServiceFacts): Codec {
  switch (protocol) {
    case 'awsJson1_0':
    case 'awsJson1_1':
      return createAwsJsonCodec(linked, facts, protocol)
    case 'restJson1':
      return createRestJsonCodec(linked, facts)
    case 'restXml':
      return createRestXmlCodec(linked, facts)
    case 'awsQuery':
      return createAwsQueryCodec(linked, facts)
    case 'rpcv2Cbor':
      return createRpcV2CborCodec(linked, facts)
  }
}

function createServiceWire(id: string): ServiceWire {
  const linked = linkModel(loadServiceModel(id))
  const facts = serviceFacts(id)
  const routes = memoize((model: LinkedModel) => createRoutes(model))
  return {
    linked,
    facts,
    codec: memoize((protocol: ProtocolName) => createCodec(protocol, linked, facts)),
    route: request => routes(linked)(request),
    validator: memoize(createValidators()),
  }
}
