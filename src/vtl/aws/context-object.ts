import { fromPlain } from '../java/from-plain.ts'
import { JavaHashMap } from '../java/hash-map.ts'
import { JavaMap } from '../java/map.ts'
import { text, type Value } from '../java/value.ts'
import type { Overrides, PlainValue, TemplateContext } from '../template.ts'

/** A map inside `$context`: it iterates by hash, and printed as a whole it is empty (recorded). */
class ContextMap extends JavaHashMap {
  override print(): string {
    return ''
  }
}

/** `$context` of one request, shared by its templates. */
export class AwsContext implements TemplateContext {
  readonly map: JavaMap

  constructor(map: JavaMap) {
    this.map = map
  }

  set(name: string, value: PlainValue): void {
    this.map.put(
      name,
      fromPlain(value, () => new ContextMap()),
    )
  }

  overrides(): Overrides {
    const request = mapIn(this.map, 'requestOverride')
    const response = mapIn(this.map, 'responseOverride')
    const status = response?.get('status') ?? null
    return {
      request: {
        header: strings(mapIn(request, 'header')),
        path: strings(mapIn(request, 'path')),
        querystring: strings(mapIn(request, 'querystring')),
      },
      response: {
        header: strings(mapIn(response, 'header')),
        status: status === null ? undefined : statusOf(status),
      },
    }
  }
}

/** A context with the values given, and empty override maps where they bring none. */
export function createAwsContext(values: Readonly<Record<string, PlainValue>>): AwsContext {
  const context = new AwsContext(new ContextMap())
  for (const [name, value] of Object.entries(values)) context.set(name, value)
  if (!context.map.has('requestOverride')) context.set('requestOverride', {})
  if (!context.map.has('responseOverride')) context.set('responseOverride', {})
  const maps = { requestOverride: ['header', 'path', 'querystring'], responseOverride: ['header'] }
  for (const [name, members] of Object.entries(maps)) {
    const map = mapIn(context.map, name)
    for (const member of members) if (map?.has(member) === false) map.put(member, new ContextMap())
  }
  return context
}

function mapIn(map: JavaMap | undefined, name: string): JavaMap | undefined {
  const member = map?.get(name)
  return member instanceof JavaMap ? member : undefined
}

function strings(map: JavaMap | undefined): Record<string, string> {
  const result: [string, string][] = (map?.keys() ?? []).map(key => [text(key), text(map?.get(key) ?? null)])
  return Object.fromEntries(result)
}

/** Three digits, whether the template gave a number or a string; anything else overrides nothing. */
function statusOf(value: Value): number | undefined {
  const digits = text(value)
  return /^[1-9][0-9]{2}$/.test(digits) ? Number(digits) : undefined
}
