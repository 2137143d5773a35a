import { placeOf } from '../source/reader.ts'
import type { SourceNode } from '../source/source-node.ts'
import type { ApiContext } from './api-context.ts'

/** Reads `contentHandling`; the importer takes any case. */
export function readContentHandling(
  api: ApiContext,
  node: SourceNode | undefined,
): 'CONVERT_TO_TEXT' | 'CONVERT_TO_BINARY' | undefined {
  const text = api.reader.text(node, 'contentHandling')
  if (text === undefined || node === undefined) return undefined
  const upper = text.toUpperCase()
  if (upper === 'CONVERT_TO_TEXT' || upper === 'CONVERT_TO_BINARY') return upper
  api.reader.report.problem(
    'bad-value',
    `contentHandling is ${JSON.stringify(text)}`,
    placeOf(node),
    'It is CONVERT_TO_TEXT or CONVERT_TO_BINARY, or left out.',
  )
  return undefined
}
