import { readFile } from 'node:fs/promises'
import { UserError } from '../lib/index.ts'

/** A file's text, or all of stdin for `-`. */
export async function readInput(name: string): Promise<string> {
  if (name === '-') {
    const chunks: Buffer[] = []
    for await (const chunk of process.stdin) chunks.push(chunk)
    return Buffer.concat(chunks).toString('utf8')
  }
  return readFile(name, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? 'does not exist' : `cannot be read (${cause.code ?? cause.message})`
    throw new UserError('no-such-file', `${name} ${why}`, { cause })
  })
}

/** The JSON in a file or on stdin. */
export async function readJson(name: string): Promise<unknown> {
  const text = await readInput(name)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UserError(
      'not-json',
      `${name === '-' ? 'stdin' : name} is no JSON: ${(cause as Error).message}`,
      {
        cause,
      },
    )
  }
}
