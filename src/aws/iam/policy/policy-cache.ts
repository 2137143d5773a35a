import { type CompiledPolicy, compilePolicy } from './compile-policy.ts'

/** Gives the compiled form of a document, as JSON text or parsed; compiles each once. */
export type PolicyCache = (document: unknown) => CompiledPolicy

const kept = 2000
const nothing: CompiledPolicy = { statements: [] }

/** A cache by the document's text, so that nothing can be stale; one for each simulator. */
export function createPolicyCache(): PolicyCache {
  const byText = new Map<string, CompiledPolicy>()
  const byObject = new WeakMap<object, CompiledPolicy>()
  const fromText = (text: string) => {
    const known = byText.get(text)
    if (known !== undefined) return known
    if (byText.size >= kept) byText.clear()
    const compiled = compilePolicy(JSON.parse(text))
    byText.set(text, compiled)
    return compiled
  }
  return document => {
    if (typeof document === 'string') return fromText(document)
    if (typeof document !== 'object' || document === null) return nothing
    const known = byObject.get(document)
    if (known !== undefined) return known
    const compiled = compilePolicy(document)
    byObject.set(document, compiled)
    return compiled
  }
}
