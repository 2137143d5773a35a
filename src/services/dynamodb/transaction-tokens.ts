import { jsonTable, type Reader, type Writer } from '../../stores/index.ts'

/** Client request tokens with a digest of what they came with. */
const tokens = jsonTable<{ readonly digest: string; readonly at: number }>('dynamodb/tokens')

/** Ten minutes: so long a token names the same request. */
const lifetime = 10 * 60 * 1000

interface Requester {
  readonly account: string
  readonly region: string
  readonly now: number
}

/** The digest of the request that this token came with in the last ten minutes. */
export function rememberedRequest(
  reader: Reader,
  { account, region, now }: Requester,
  token: string,
): string | undefined {
  const known = tokens.get(reader, account, region, token)
  return known === undefined || now - known.at > lifetime ? undefined : known.digest
}

/** Keeps a request's digest, and forgets those whose time is over. */
export function rememberRequest(
  writer: Writer,
  { account, region, now }: Requester,
  token: string,
  digest: string,
): void {
  for (const [key, { at }] of [...tokens.under(writer, account, region)]) {
    if (now - at > lifetime) tokens.remove(writer, ...key)
  }
  tokens.put(writer, { digest, at: now }, account, region, token)
}
