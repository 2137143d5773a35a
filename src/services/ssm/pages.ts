import type { Reader } from '../../stores/index.ts'
import type { ParameterFilter } from './filters.ts'
import { readToken, tokenAfter } from './page-token.ts'
import type { Found } from './records.ts'
import { type ParameterRecord, parameters, type Scope, type SsmState, versions } from './state.ts'

/** Which parameters a list asks for. */
export interface PageRequest {
  /** The paths begin with this. */
  readonly start: string
  readonly passes: ParameterFilter
  readonly limit: number
  readonly token: string | undefined
  /** The version to show where it is not the latest; undefined leaves the parameter out. */
  readonly versionOf?: (record: ParameterRecord) => number | undefined
}

function* candidates(
  reader: Reader,
  { account, region }: Scope,
  { start, versionOf = ({ latest }) => latest }: PageRequest,
  last: string | number | undefined,
): Iterable<readonly [string, Found]> {
  const entries =
    typeof last === 'string'
      ? parameters.underAfter(reader, [account, region], [account, region, last])
      : parameters.starting(reader, [account, region], start)
  for (const [[, , key], record] of entries) {
    const path = String(key)
    if (!path.startsWith(start)) return
    const number = versionOf(record)
    const version = number === undefined ? undefined : versions.get(reader, account, region, path, number)
    if (version !== undefined) yield [path, { record, version }]
  }
}

/** One page of parameters in the order of their paths, with the token of the next one. */
export async function pageOf(
  context: Scope & { readonly state: SsmState },
  request: PageRequest,
): Promise<{ readonly found: readonly (readonly [string, Found])[]; readonly next: string | undefined }> {
  const { passes, limit } = request
  const last = readToken(request.token)
  return context.state.store.read(reader => {
    const found: (readonly [string, Found])[] = []
    for (const [path, parameter] of candidates(reader, context, request, last)) {
      if (!passes(path, parameter)) continue
      const previous = found.at(-1)
      if (found.length === limit && previous !== undefined) return { found, next: tokenAfter(previous[0]) }
      found.push([path, parameter])
    }
    return { found, next: undefined }
  })
}
