import type { AliasTarget, Ids } from '../ports/index.ts'

/** An alias with two versions sends each invocation to one of them by chance. https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html */
export function chooseVersion({ version, additional }: AliasTarget, ids: Ids): string {
  if (additional === undefined) return version
  const [high = 0, low = 0] = ids.bytes(2)
  return (high * 256 + low) / 65_536 < additional.weight ? additional.version : version
}
