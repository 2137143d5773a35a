/** The account and region that a function belongs to. */
export interface FunctionScope {
  readonly account: string
  readonly region: string
}

/** One text for a function of an account and region, for keys: no function's name has a slash. */
export function functionId({ account, region }: FunctionScope, name: string): string {
  return `${account}/${region}/${name}`
}
