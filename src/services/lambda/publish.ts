import { createHash } from 'node:crypto'
import type { Ids } from '../../ports/index.ts'
import type { Writer } from '../../stores/index.ts'
import { keyOf, type Reference } from './names.ts'
import { type FunctionRecord, functions } from './state.ts'

/** What makes one version another: the code and the configuration, its description too. */
function contentOf({ code, configuration }: FunctionRecord): string {
  return createHash('sha256')
    .update(JSON.stringify([code.sha256, configuration]))
    .digest('hex')
}

/**
 * Freezes `$LATEST` under the next number. Nothing is published where nothing has changed since the last version.
 * https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html
 */
export function publish(
  writer: Writer,
  reference: Reference,
  current: FunctionRecord,
  ids: Ids,
  now: number,
  description?: string,
): FunctionRecord {
  const key = keyOf(reference)
  const last = current.published > 0 ? functions.get(writer, ...key, current.published) : undefined
  // The version may have got a description of its own, so what was frozen is remembered beside it.
  const content = contentOf(current)
  if (last !== undefined && content === (last.frozen ?? contentOf(last))) return last
  const number = current.published + 1
  const version: FunctionRecord = {
    ...current,
    version: String(number),
    configuration: {
      ...current.configuration,
      ...(description !== undefined && { Description: description }),
    },
    modified: now,
    revision: ids.uuid(),
    published: 0,
    frozen: content,
  }
  functions.put(writer, version, ...key, number)
  functions.put(writer, { ...current, published: number, revision: ids.uuid() }, ...key, 0)
  return version
}
