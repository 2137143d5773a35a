const step = /\.([^.[\]]+)|\.?\[(?:(\d+)|(\*)|"([^"]*)"|'([^']*)')\]/gy

function inside(value: unknown, key: string | number | undefined): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  if (key === undefined) return Object.values(value)
  return Object.hasOwn(value, key) ? [(value as Record<string | number, unknown>)[key]] : []
}

/** `$.a.b[0]['c d']`, `$.a[*].b`, `$.*` → everything that it finds in a log event; that one of it is enough is assumed. */
export function compileSelector(text: string): (root: unknown) => unknown[] {
  if (!text.startsWith('$')) throw new SyntaxError(`${text} does not begin with $`)
  const steps = [...text.slice(1).matchAll(step)]
  if (steps.reduce((length, [all]) => length + all.length, 1) !== text.length)
    throw new SyntaxError(`${text} is no path`)
  // Undefined: all that there is.
  const keys = steps.map(([, name, index, every, double, single]) =>
    every !== undefined || name === '*'
      ? undefined
      : index !== undefined
        ? Number(index)
        : (name ?? double ?? single ?? ''),
  )
  return root => keys.reduce<unknown[]>((values, key) => values.flatMap(value => inside(value, key)), [root])
}
