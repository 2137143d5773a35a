/** The shells that `lambdarium env` writes for. */
export const shellNames = ['sh', 'fish', 'powershell', 'dotenv'] as const
export type ShellName = (typeof shellNames)[number]

/** Variables in one shell's syntax, one per line, quoted only where the value needs it. */
export function shellText(variables: Readonly<Record<string, string>>, shell: ShellName): string {
  return Object.entries(variables)
    .map(([name, value]) => line(name, value, shell))
    .join('\n')
}

function line(name: string, value: string, shell: ShellName): string {
  const plain = /^[\w:/.@%+,-]*$/.test(value)
  switch (shell) {
    case 'sh':
      return `export ${name}=${plain ? value : `'${value.replaceAll("'", `'\\''`)}'`}`
    case 'fish':
      return `set -gx ${name} ${plain ? value : `'${value.replaceAll(/[\\']/g, '\\$&')}'`};`
    case 'powershell':
      return `$env:${name} = '${value.replaceAll("'", "''")}'`
    case 'dotenv':
      return `${name}=${plain ? value : `"${value.replaceAll(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`}`
  }
}
