/** A page of exports or imports after the one whose ARN the token holds in base64. */
export function pageOf<Job extends { readonly arn: string }>(
  jobs: readonly Job[],
  token: string | undefined,
  limit: number,
): { readonly page: readonly Job[]; readonly next: string | undefined } {
  const after = token === undefined ? undefined : Buffer.from(token, 'base64').toString()
  const from = after === undefined ? 0 : jobs.findIndex(({ arn }) => arn === after) + 1
  const page = jobs.slice(from, from + limit)
  const last = page.at(-1)
  const isEnd = last === undefined || from + page.length >= jobs.length
  return { page, next: isEnd ? undefined : Buffer.from(last.arn).toString('base64') }
}
