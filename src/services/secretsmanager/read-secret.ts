import type { Store } from '../../stores/index.ts'
import { findSecret } from './secret-ids.ts'
import { current, versionAt, versionsOf } from './stages.ts'

/** Reads a secret for Parameter Store's references; `selector` is a version id or a stage. */
export async function readSecret(
  store: Store,
  request: {
    readonly account: string
    readonly region: string
    readonly secretId: string
    readonly selector: string | undefined
  },
): Promise<
  | {
      readonly arn: string
      readonly name: string
      readonly versionId: string
      readonly versionStages: readonly string[]
      readonly secretString: string | undefined
      readonly created: number
    }
  | undefined
> {
  const { secretId, selector } = request
  return store.read(reader => {
    const located = findSecret(reader, secretId, request)
    if (located === undefined || located.secret.deletion !== undefined) return undefined
    const all = versionsOf(reader, located)
    const version = all.find(({ id }) => id === selector) ?? versionAt(all, selector ?? current)
    if (version === undefined) return undefined
    const { arn, name } = located.secret
    const { id, stages, text, created } = version
    return { arn, name, versionId: id, versionStages: stages, secretString: text, created }
  })
}
