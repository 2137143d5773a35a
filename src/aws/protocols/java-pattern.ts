/** Java's POSIX classes, which JavaScript does not know. */
const classes: Readonly<Record<string, string>> = {
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Upper: 'A-Z',
  Lower: 'a-z',
  Punct: '!-\\/:-@\\[-`{-~',
  Graph: '!-~',
  Print: ' -~',
  Space: '\\s',
  XDigit: '0-9a-fA-F',
  ASCII: '\\x00-\\x7F',
  Blank: ' \\t',
  Cntrl: '\\x00-\\x1F\\x7F',
}

/** Compiles a model's pattern, written for Java and meant for the whole value; undefined where JavaScript cannot. */
export function compilePattern(written: string): RegExp | undefined {
  // Flags that Java has in front, `(?i)`, JavaScript has beside.
  const inline = /^\(\?([ims]+)\)/.exec(written)
  const pattern = written.slice(inline?.[0].length ?? 0)
  const anchored = `^(?:${pattern.replace(
    /\\p\{(Is)?([A-Za-z]+)\}/g,
    (all, _is, name: string, at: number) => {
      const set = classes[name]
      if (set === undefined) return all.replace('{Is', '{')
      return insideClass(pattern, at) ? set : `[${set}]`
    },
  )})$`
  for (const flags of [`u${inline?.[1] ?? ''}`, inline?.[1] ?? '']) {
    try {
      return new RegExp(anchored, flags)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
    }
  }
  return undefined
}

function insideClass(pattern: string, at: number): boolean {
  let open = false
  for (let index = 0; index < at; index++) {
    const character = pattern[index]
    if (character === '\\') index++
    else if (character === '[') open = true
    else if (character === ']') open = false
  }
  return open
}
