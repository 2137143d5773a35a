import type { Ids } from '../ports/index.ts'

const hexadecimal = '0123456789abcdef'

/**
 * The function's `_X_AMZN_TRACE_ID`: the caller's root, with a parent of its own and a sampling decision.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
export function completeTraceId(
  header: string | undefined,
  made: {
    readonly lineage: string
    /** 16 hexadecimal digits. */
    readonly parent: string
    /** Where the caller has not decided: `TracingConfig`'s Active samples. */
    readonly sampled: boolean
    readonly now: number
  },
  ids: Ids,
): string {
  const root =
    partOf(header, 'Root') ?? `1-${Math.floor(made.now / 1000).toString(16)}-${ids.token(24, hexadecimal)}`
  const sampled = partOf(header, 'Sampled') ?? (made.sampled ? '1' : '0')
  return `Root=${root};Parent=${made.parent};Sampled=${sampled};Lineage=${made.lineage}`
}

/** One `Name=value` of a trace header. */
export function partOf(header: string | undefined, name: string): string | undefined {
  if (header === undefined || !header.includes(name)) return undefined
  for (let from = 0; from < header.length; ) {
    const semicolon = header.indexOf(';', from)
    const end = semicolon === -1 ? header.length : semicolon
    const part = header.slice(from, end).trim()
    if (part[name.length] === '=' && part.startsWith(name)) return part.slice(name.length + 1)
    from = end + 1
  }
  return undefined
}
