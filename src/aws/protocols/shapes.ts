import type { MemberModel, MemberTraits, OperationModel, ServiceModel, ShapeModel } from '../service-model.ts'
import { enumOrder } from './enum-orders.ts'
import { isBounded, memberShape, saysNotNull } from './own-checks.ts'

/** The limits that AWS sets on a value; they end in `failed to satisfy constraint`. */
export interface Constraints {
  readonly enum: readonly string[] | undefined
  readonly min: number | undefined
  readonly max: number | undefined
  readonly pattern: string | undefined
  /** A message about elements with these limits says that they must not be null. */
  readonly saysNotNull: boolean
}

interface Common {
  readonly name: string
  readonly constraints: Constraints | undefined
  readonly sensitive: boolean
}

/** The types that hold no others. */
export type SimpleType =
  | 'string'
  | 'integer'
  | 'long'
  | 'float'
  | 'double'
  | 'number'
  | 'boolean'
  | 'blob'
  | 'stream'
  | 'timestamp'
  | 'dateTime'
  | 'httpDate'
  | 'epochSeconds'
  | 'document'

/** A value without members. */
export interface SimpleShape extends Common {
  readonly kind: 'simple'
  readonly type: SimpleType
}

/** A structure, a union (exactly one member is set) or an error. */
export interface StructureShape extends Common {
  readonly kind: 'structure'
  readonly union: boolean
  readonly members: readonly Member[]
  readonly required: readonly string[]
  readonly xmlName: string | undefined
  readonly xmlNamespace: MemberTraits['ns']
  /** A union whose members travel as events. */
  readonly eventStream: boolean
}

/** A list; `member` is never absent once the model is linked. */
export interface ListShape extends Common {
  readonly kind: 'list'
  readonly member: Member
}

/** A map with string keys. */
export interface MapShape extends Common {
  readonly kind: 'map'
  readonly key: Member
  readonly value: Member
}

/** Any shape. */
export type Shape = SimpleShape | StructureShape | ListShape | MapShape

/** A named place that holds a shape. */
export interface Member {
  readonly name: string
  readonly shape: Shape
  readonly traits: MemberTraits
}

/** An operation with its shapes found. */
export interface LinkedOperation {
  readonly name: string
  readonly model: OperationModel
  readonly input: StructureShape | undefined
  readonly output: StructureShape | undefined
}

/** A model whose references have become objects; shapes are linked when they are first asked for. */
export interface LinkedModel {
  readonly service: ServiceModel
  operation(name: string): LinkedOperation | undefined
  shape(reference: string): Shape
  structure(reference: string): StructureShape
}

const noTraits: MemberTraits = {}

function constraintsOf(service: string, name: string, model: ShapeModel): Constraints | undefined {
  const { enum: values, min, pattern } = model
  const max = isBounded(service, name) ? model.max : undefined
  if (values === undefined && min === undefined && max === undefined && pattern === undefined)
    return undefined
  return {
    enum: values === undefined ? undefined : enumOrder(service, name, values),
    min,
    max,
    pattern,
    saysNotNull: saysNotNull(service, name),
  }
}

/** Turns a model's names into a graph of objects, shape by shape, as they are needed. */
export function linkModel(service: ServiceModel): LinkedModel {
  const shapes = new Map<string, Shape>()
  const operations = new Map<string, LinkedOperation>()

  function member(name: string, model: MemberModel): Member {
    if (typeof model === 'string') return { name, shape: shape(model), traits: noTraits }
    return { name, shape: shape(model[0]), traits: model[1] }
  }

  function link(name: string, model: ShapeModel): Shape {
    const common = {
      name,
      constraints: constraintsOf(service.id, name, model),
      sensitive: model.sensitive === 1,
    }
    // Shapes refer to themselves (AttributeValue), so the object is known before its members are.
    if (model.t === 'list') {
      const list: { -readonly [Key in keyof ListShape]?: ListShape[Key] } = { ...common, kind: 'list' }
      shapes.set(name, list as ListShape)
      list.member = member('member', model.of ?? ':string')
      return list as ListShape
    }
    if (model.t === 'map') {
      const map: { -readonly [Key in keyof MapShape]?: MapShape[Key] } = { ...common, kind: 'map' }
      shapes.set(name, map as MapShape)
      map.key = member('key', model.key ?? ':string')
      map.value = member('value', model.value ?? ':string')
      return map as MapShape
    }
    if (model.m !== undefined) {
      const members: Member[] = []
      const structure: StructureShape = {
        ...common,
        kind: 'structure',
        union: model.t === 'union',
        members,
        required: model.r ?? [],
        xmlName: model.xml,
        xmlNamespace: model.ns,
        eventStream: model.t === 'union' && model.streaming === 1,
      }
      shapes.set(name, structure)
      for (const [key, value] of Object.entries(model.m))
        members.push(member(key, memberShape(service.id, name, key, value)))
      return structure
    }
    const simple: SimpleShape = { ...common, kind: 'simple', type: model.t as SimpleType }
    shapes.set(name, simple)
    return simple
  }

  function shape(reference: string): Shape {
    const known = shapes.get(reference)
    if (known !== undefined) return known
    if (reference === ':unit') return link(reference, { t: 'structure', m: {} })
    if (reference.startsWith(':')) return link(reference, { t: reference.slice(1) })
    const model = service.shapes[reference]
    if (model === undefined) throw new Error(`${service.id} has no shape ${reference}`)
    return link(reference, model)
  }

  function structure(reference: string): StructureShape {
    const found = shape(reference)
    if (found.kind !== 'structure') throw new Error(`${service.id}: ${reference} is not a structure`)
    return found
  }

  return {
    service,
    shape,
    structure,
    operation(name) {
      const known = operations.get(name)
      if (known !== undefined) return known
      const model = Object.hasOwn(service.operations, name) ? service.operations[name] : undefined
      if (model === undefined) return undefined
      const operation = {
        name,
        model,
        input: model.input === undefined ? undefined : structure(model.input),
        output: model.output === undefined ? undefined : structure(model.output),
      }
      operations.set(name, operation)
      return operation
    },
  }
}
