import type { ListSecretsRequest } from '@aws-sdk/client-secrets-manager'
import type { Reader } from '../../stores/index.ts'
import { invalidNextToken } from './errors.ts'
import { passesFilters } from './secret-filters.ts'
import { type Scope, type SecretRecord, secrets } from './state.ts'

const orders: Readonly<Record<string, (secret: SecretRecord) => number | string>> = {
  'created-date': ({ created }) => created,
  'last-changed-date': ({ changed }) => changed,
  'last-accessed-date': ({ accessed }) => accessed ?? 0,
  name: ({ name }) => name,
}

function offsetOf(token: string | undefined): number {
  if (token === undefined || token === '') return 0
  const offset = Number(Buffer.from(token, 'base64').toString())
  if (!Number.isInteger(offset) || offset < 1) throw invalidNextToken()
  return offset
}

/** One page of the secrets that pass, oldest first unless asked otherwise. */
export function pageOfSecrets(
  reader: Reader,
  { account, region }: Scope,
  input: ListSecretsRequest,
  limit: number,
): { readonly page: readonly SecretRecord[]; readonly next?: string } {
  const offset = offsetOf(input.NextToken)
  const order = orders[input.SortBy ?? 'created-date'] ?? (({ created }) => created)
  const sign = input.SortOrder === 'desc' ? -1 : 1
  const found = [...secrets.under(reader, account, region)]
    .map(([, secret]) => secret)
    .filter(secret => secret.deletion === undefined || input.IncludePlannedDeletion)
    .filter(secret => passesFilters(secret, input.Filters))
    .toSorted((a, b) => (order(a) < order(b) ? -sign : order(a) > order(b) ? sign : 0))
  const page = found.slice(offset, offset + limit)
  if (offset + limit >= found.length) return { page }
  return { page, next: Buffer.from(String(offset + limit)).toString('base64') }
}
