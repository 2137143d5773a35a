import type { Style } from './style.ts'

/** Lambda's own lines; people look at them in CloudWatch, not while they work. */
const own = /^(?:START|END|REPORT|INIT_START|INIT_REPORT|XRAY) /

/** `2026-11-20T12:25:16.473Z⇥<request id>⇥INFO⇥text`: how Lambda's Node runtime writes console lines. */
const prefixed = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t[\w-]+\t(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\t/

/** What a function printed, line by line as its author wrote it; errors as their stack without the runtime's frames. */
export function functionLines(messages: readonly string[], style: Style, verbose: boolean): string[] {
  return messages.flatMap(message => {
    const text = message.replace(/\n$/, '')
    if (verbose) return text.split('\n')
    if (own.test(text)) return []
    const level = prefixed.exec(text)
    if (level === null) return text.split('\n')
    const rest = text.slice(level[0].length)
    const lines = stackOf(rest) ?? rest.split('\n')
    const paint = { WARN: style.yellow, ERROR: style.red, FATAL: style.red }[level[1] ?? '']
    return paint === undefined ? lines : lines.map((line, at) => (at === 0 ? paint(line) : style.dim(line)))
  })
}

/** The stack in `Invoke Error ⇥{"errorType", "errorMessage", "stack": […]}`, without what is not the author's. */
function stackOf(text: string): string[] | undefined {
  const json = /^[\w ]+ Error ?\t(\{.*\})$/s.exec(text)?.[1]
  if (json === undefined) return undefined
  try {
    const { stack } = JSON.parse(json) as { stack?: unknown }
    if (!Array.isArray(stack)) return undefined
    return stack.map(String).filter(line => !/\bnode:|\/assets\/node-\w+\.mjs/.test(line))
  } catch {
    return undefined
  }
}
