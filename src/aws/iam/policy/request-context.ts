/** A request's condition keys: the values of a key (its name in lower case), undefined where it has none. */
export type RequestContext = (key: string) => readonly string[] | undefined

/** What one permission check is about. */
export interface PolicyRequest {
  /** `dynamodb:PutItem`. */
  readonly action: string
  /** An ARN, or `*`. */
  readonly resource: string
  readonly context: RequestContext
}

/** A context out of plain values; keys in any case. */
export function contextOf(values: Readonly<Record<string, ConditionValue | undefined>>): RequestContext {
  const known = new Map<string, readonly string[]>()
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) known.set(key.toLowerCase(), conditionValues(value))
  }
  return key => known.get(key)
}

/** How services give the value of a condition key. */
export type ConditionValue = string | number | boolean | readonly string[]

/** A condition value as the list that operators compare with. */
export function conditionValues(value: ConditionValue): readonly string[] {
  return typeof value === 'object' ? value : [String(value)]
}
