/** An X-Ray trace header, taken apart. */
export interface Trace {
  /** What the method request carries: what the client sent, or `Root=…` alone. */
  readonly request: string
  /** What functions and the response get: `Root=…;Parent=…;Sampled=…`. */
  readonly full: string
}

/**
 * The trace of a request; `random` is 40 hexadecimal digits (recorded: a full incoming one is kept whole, an incoming root gets a generated parent):
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
export function traceOf(incoming: string | undefined, random: string, now: number): Trace {
  const sent = incoming === undefined ? undefined : readTrace(incoming)
  const root = sent?.get('Root')
  if (root === undefined) {
    const seconds = Math.floor(now / 1000)
      .toString(16)
      .padStart(8, '0')
    const made = `Root=1-${seconds}-${random.slice(0, 24)}`
    return { request: made, full: `${made};Parent=${random.slice(24, 40)};Sampled=0` }
  }
  const sentParent = sent?.get('Parent')
  const parent = sentParent ?? random.slice(24, 40)
  const sampled = sent?.get('Sampled') ?? (sentParent === undefined ? '0' : '1')
  const full = `Root=${root};Parent=${parent};Sampled=${sampled}`
  return { request: full, full }
}

function readTrace(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const field of text.split(';')) {
    const equals = field.indexOf('=')
    if (equals > 0) fields.set(field.slice(0, equals).trim(), field.slice(equals + 1).trim())
  }
  return fields
}
