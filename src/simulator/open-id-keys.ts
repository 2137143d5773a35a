import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Config } from '../config/index.ts'
import { UserError } from '../lib/index.ts'
import type { KeySet } from '../services/index.ts'

/** The configured keys of OpenID Connect issuers, files read; a file that holds none stops the start. */
export async function readOpenIdKeys({
  openIdKeys,
  project,
}: Pick<Config, 'openIdKeys' | 'project'>): Promise<Readonly<Record<string, KeySet>>> {
  const read = Object.entries(openIdKeys).map(
    async ([issuer, keys]) =>
      [issuer, typeof keys === 'string' ? await readKeys(issuer, resolve(project, keys)) : keys] as const,
  )
  return Object.fromEntries(await Promise.all(read))
}

async function readKeys(issuer: string, file: string): Promise<KeySet> {
  try {
    const parsed: unknown = JSON.parse(await readFile(file, 'utf8'))
    if (typeof parsed === 'object' && parsed !== null && Array.isArray((parsed as KeySet).keys))
      return parsed as KeySet
  } catch (cause) {
    throw new UserError('open-id-keys', `The keys of ${issuer} cannot be read from ${file}.`, { cause })
  }
  throw new UserError('open-id-keys', `${file} has no "keys": it is no JWKS for ${issuer}.`)
}
