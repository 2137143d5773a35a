/** Thrown where a file uses more of YAML than the quick parser knows; the whole file goes to the full parser then. */
export class BeyondSimpleYaml extends Error {
  override readonly name = 'BeyondSimpleYaml'
}

/** Gives up the quick way. */
export function beyond(): never {
  throw new BeyondSimpleYaml()
}

const words: ReadonlyMap<string, null | boolean> = new Map<string, null | boolean>([
  ['~', null],
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
])
const decimal = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/

/** The value of a plain scalar by YAML 1.2's core schema. */
export function plainScalar(text: string): string | number | boolean | null {
  const first = text.charCodeAt(0)
  const mayBeNumber = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e
  if (mayBeNumber) {
    if (decimal.test(text)) return Number(text)
    // 0x…, 0o…, .inf and .nan are so rare that the full parser may have them.
    if (/^(0[xo]|[-+]?\.(inf|nan)$)/i.test(text)) beyond()
    return text
  }
  return words.get(text) ?? (words.has(text) ? null : text)
}

const doubleQuoted = /"(?:[^"\\\n]|\\[^\n])*"/y
const singleQuoted = /'(?:[^'\n]|'')*'/y

/** A quoted text on one line, which begins at `start`: its value and where it ends. */
export function quotedScalar(text: string, start: number): { readonly value: string; readonly end: number } {
  const pattern = text[start] === '"' ? doubleQuoted : singleQuoted
  pattern.lastIndex = start
  const match = pattern.exec(text)
  if (match === null) return beyond()
  const [written] = match
  const end = start + written.length
  if (written[0] === "'") return { value: written.slice(1, -1).replaceAll("''", "'"), end }
  if (!written.includes('\\')) return { value: written.slice(1, -1), end }
  // YAML has escapes that JSON has not.
  if (/\\[^"\\/bfnrtu]/.test(written.replaceAll('\\\\', ''))) beyond()
  try {
    return { value: JSON.parse(written) as string, end }
  } catch {
    return beyond()
  }
}

/** Whether a plain scalar may begin with this character, given the one behind it. */
export function mayBeginPlain(char: string, next: string): boolean {
  if ('-?:'.includes(char)) return next !== ' ' && next !== '\n' && next !== ''
  return !',[]{}#&*!|>\'"%@`'.includes(char)
}
