/**
 * The value of one stage with what the next one adds. It is one object that grows: nobody sees what is not there by
 * type, and copying twenty members three times took a twentieth of a request's time.
 */
export function enrich<Value extends object, More extends object>(value: Value, more: More): Value & More {
  const growing = value as Record<string, unknown>
  for (const name in more) growing[name] = more[name]
  return value as Value & More
}
