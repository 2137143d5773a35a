import { readFileSync } from 'node:fs'
import type { ProtocolName } from './door-contract.ts'
import { completed } from './unmodelled.ts'

/** Serialisation traits of a member, as Smithy names them, shortened. */
export interface MemberTraits {
  readonly header?: string
  readonly query?: string
  readonly queryParams?: 1
  readonly prefix?: string
  readonly label?: 1
  readonly payload?: 1
  readonly responseCode?: 1
  readonly json?: string
  readonly xml?: string
  readonly flat?: 1
  readonly attribute?: 1
  readonly ns?: readonly [prefix: string, uri: string] | string
  readonly token?: 1
  readonly hostLabel?: 1
  readonly eventPayload?: 1
}

/** A shape by name, or a built-in one: `:string`. */
export type MemberModel = string | readonly [reference: string, traits: MemberTraits]

/** One shape of a model file. */
export interface ShapeModel {
  readonly t: string
  /** Members of a structure, union or error. */
  readonly m?: Readonly<Record<string, MemberModel>>
  /** Required members. */
  readonly r?: readonly string[]
  readonly of?: MemberModel
  readonly key?: MemberModel
  readonly value?: MemberModel
  readonly enum?: readonly string[]
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly sensitive?: 1
  readonly streaming?: 1
  readonly xml?: string
  readonly ns?: readonly [prefix: string, uri: string] | string
  /** An error's HTTP status, its code in the query protocol with that protocol's status, and whose fault it is. */
  readonly status?: number
  readonly query?: readonly [code: string, status: number]
  readonly fault?: 'server'
}

/** One operation of a model file. */
export interface OperationModel {
  readonly input?: string
  readonly output?: string
  readonly http?: readonly [method: string, uri: string, status: number]
  readonly errors?: readonly string[]
  /** `none`: AWS answers it unsigned. */
  readonly auth?: 'none'
  /** S3 insists on a checksum of the body. */
  readonly checksum?: 1
  readonly hostPrefix?: string
}

/** How a service is addressed and speaks: one entry of `models/index.json`. */
export interface ServiceFace {
  /** The AWS CLI's name for the service, which is also its file's. */
  readonly id: string
  readonly sdkId: string
  /** The name of the SDK's client class. */
  readonly client: string
  readonly apiVersion: string
  readonly protocol: ProtocolName
  readonly signingName: string
  readonly endpointPrefix: string
  /** What stands before the dot of `X-Amz-Target`. */
  readonly target: string
  readonly xmlNamespace?: string
  /** JSON now, awsQuery before: errors carry `x-amzn-query-error`, and the old protocol is still answered. */
  readonly queryCompatible?: boolean
}

/** What AWS publishes about one service: the contents of `models/<id>.json`, written by `npm run models`. */
export interface ServiceModel extends ServiceFace {
  readonly operations: Readonly<Record<string, OperationModel>>
  readonly shapes: Readonly<Record<string, ShapeModel>>
}

function readModel(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`./models/${name}.json`, import.meta.url), 'utf8'))
}

/** Every service that has a model, without its operations and shapes. */
export function loadServiceFaces(): readonly ServiceFace[] {
  return readModel('index') as readonly ServiceFace[]
}

/** Reads one service's model from its file; `id` is one of `loadServiceFaces`, never what a request says. */
export function loadServiceModel(id: string): ServiceModel {
  return completed(readModel(id) as ServiceModel)
}
