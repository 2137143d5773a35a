import type { OperationContext } from '../../aws/index.ts'
import type { Reader } from '../../stores/index.ts'
import { invalidResourceId, invalidResourceType } from './errors.ts'
import { pathOf } from './names.ts'
import { type ParameterRecord, parameters, type Scope, type SsmState } from './state.ts'

/** How the tagging operations name what they tag. */
interface TaggedResource {
  readonly ResourceType: string | undefined
  readonly ResourceId: string | undefined
}

/** The parameter that is meant; of SSM's resources parameters are the only ones here. */
export function taggedParameter(
  reader: Reader,
  { account, region }: Scope,
  { ResourceType, ResourceId = '' }: TaggedResource,
): { readonly path: string; readonly record: ParameterRecord } {
  if (ResourceType !== 'Parameter') throw invalidResourceType()
  const path = pathOf(ResourceId)
  const record = parameters.get(reader, account, region, path)
  if (record === undefined) throw invalidResourceId()
  return { path, record }
}

/** Gives a parameter other tags. */
export async function changeTags(
  context: OperationContext<SsmState>,
  resource: TaggedResource,
  change: (tags: Readonly<Record<string, string>>) => Record<string, string>,
): Promise<void> {
  await context.state.store.transaction(writer => {
    const { path, record } = taggedParameter(writer, context, resource)
    parameters.put(writer, { ...record, tags: change(record.tags) }, context.account, context.region, path)
  })
}
