import type { TakeInspector } from './node-pool.ts'

/** Node's own default. */
const firstPort = 9229

/** Gives each environment the lowest free port, so that after a reload the debugger finds the function where it was. */
export function createInspectors(
  inspect: { readonly host?: string; readonly port?: number } | undefined,
): TakeInspector {
  if (!inspect) return () => undefined
  const { host = '127.0.0.1', port: first = firstPort } = inspect
  if (first === 0) return () => ({ address: `${host}:0`, release: () => {} })
  const taken = new Set<number>()
  return () => {
    let port = first
    while (taken.has(port)) port++
    taken.add(port)
    return { address: `${host}:${port}`, release: () => taken.delete(port) }
  }
}
