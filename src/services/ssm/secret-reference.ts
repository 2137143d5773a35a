import type { Parameter } from '@aws-sdk/client-ssm'
import type { Store } from '../../stores/index.ts'
import { parameterNotFound, validationException } from './errors.ts'
import type { Reference } from './names.ts'
import type { SsmState } from './state.ts'

/** A version of a secret as Parameter Store shows it. */
export interface ReferencedSecret {
  readonly arn: string
  readonly name: string
  readonly versionId: string
  readonly versionStages: readonly string[]
  readonly secretString: string | undefined
  /** Milliseconds since 1970. */
  readonly created: number
}

/** Reads a secret of Secrets Manager; `selector` is a version id or a stage. Wired by the simulator. */
export type SecretReader = (
  store: Store,
  request: {
    readonly account: string
    readonly region: string
    readonly secretId: string
    readonly selector: string | undefined
  },
) => Promise<ReferencedSecret | undefined>

const prefix = '/aws/reference/secretsmanager/'

/** Whether a name stands for a secret. */
export const isSecretReference = ({ path }: Reference): boolean => path.startsWith(prefix)

/**
 * Reads a secret through Parameter Store.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html
 */
export async function getReferencedSecret(
  state: SsmState,
  reference: Reference,
  withDecryption: boolean,
): Promise<Parameter> {
  if (!withDecryption)
    throw validationException('WithDecryption flag must be True for retrieving a Secret Manager secret.')
  const { account, region, path, selector } = reference
  const secret = await state.readSecret?.(state.store, {
    account,
    region,
    secretId: path.slice(prefix.length),
    selector,
  })
  if (secret?.secretString === undefined)
    throw parameterNotFound(
      `An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret ${path} not found.`,
    )
  const { arn, name, versionId, versionStages, secretString, created } = secret
  return {
    Name: reference.name,
    Type: 'SecureString',
    Value: secretString,
    Version: 0,
    SourceResult: JSON.stringify({
      ARN: arn,
      name,
      versionId,
      secretString,
      versionStages,
      createdDate: created / 1000,
    }),
    LastModifiedDate: new Date(created),
    ARN: arn,
    DataType: 'text',
    ...(selector === undefined ? {} : { Selector: `:${selector}` }),
  }
}
