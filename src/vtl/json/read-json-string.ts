const controls: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }

/** The text between two quotes of JSON, escapes undone. */
export function readJsonString(source: string, start: number, end: number): string {
  const written = source.slice(start, end)
  if (!written.includes('\\')) return written
  return written.replaceAll(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_escape, digits?: string, kind = '') =>
    digits === undefined ? (controls[kind] ?? kind) : String.fromCharCode(Number.parseInt(digits, 16)),
  )
}
