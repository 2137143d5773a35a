import type { AwsError } from '../aws-error.ts'
import type { LinkedModel, StructureShape } from './shapes.ts'

/** A modelled error with what each protocol says of it. */
export interface ErrorShape {
  readonly shape: StructureShape
  readonly status: number
  readonly queryCode: string
  readonly queryStatus: number
  readonly server: boolean
  /** How the shape spells its text: `message`, `Message` or not at all. */
  readonly messageMember: string | undefined
}

/** Finds the modelled error that an AwsError names, by its shape or by its code in the query protocol. */
export function createErrorShapes(linked: LinkedModel): (error: AwsError) => ErrorShape | undefined {
  const found = new Map<string, ErrorShape>()
  const codes: [string, ErrorShape][] = []
  for (const [name, model] of Object.entries(linked.service.shapes)) {
    if (model.t !== 'error') continue
    const status = model.status ?? 400
    const entry: ErrorShape = {
      shape: linked.structure(name),
      status,
      queryCode: model.query?.[0] ?? name,
      queryStatus: model.query?.[1] ?? status,
      server: model.fault === 'server',
      messageMember: Object.keys(model.m ?? {}).find(member => member.toLowerCase() === 'message'),
    }
    found.set(name, entry)
    codes.push([entry.queryCode, entry])
  }
  for (const [code, entry] of codes) if (!found.has(code)) found.set(code, entry)
  return error => found.get(error.code)
}

/** `Sender` or `Receiver`, as the model or the status says. */
export function faultOf(error: AwsError, known: ErrorShape | undefined): 'Sender' | 'Receiver' {
  return known === undefined ? error.fault : known.server ? 'Receiver' : 'Sender'
}
