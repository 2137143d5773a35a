import type { OperationContext } from '../../aws/index.ts'
import { getGroup } from './names.ts'
import { groups, type LogsState } from './state.ts'

/** Gives a group other tags. */
export async function changeTags(
  context: OperationContext<LogsState>,
  name: string,
  change: (tags: Readonly<Record<string, string>>) => Record<string, string>,
): Promise<object> {
  const { state, account, region } = context
  return await state.store.transaction(writer => {
    const record = getGroup(writer, context, name)
    groups.put(writer, { ...record, tags: change(record.tags) }, account, region, name)
    return {}
  })
}

export async function tagsOf(
  context: OperationContext<LogsState>,
  name: string,
): Promise<{ readonly tags: Record<string, string> }> {
  return await context.state.store.read(reader => ({ tags: { ...getGroup(reader, context, name).tags } }))
}

/** Tags without some of them. */
export function without(
  tags: Readonly<Record<string, string>>,
  names: readonly string[] = [],
): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([name]) => !names.includes(name)))
}
