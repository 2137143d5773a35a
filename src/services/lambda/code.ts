import type {
  CreateFunctionRequest,
  LayerVersionContentInput,
  UpdateFunctionCodeRequest,
} from '@aws-sdk/client-lambda'
import { AwsError } from '../../aws/index.ts'
import { invalidParameter, unsupported } from './errors.ts'
import type { Package } from './packages/packages.ts'
import { type FunctionRecord, functions, type LambdaState, layers } from './state.ts'

/** An archive out of a bucket may be larger than one in a request. */
const bucketLimit = 262_144_000
const directLimit = 52_428_800
/** A replaced package stays as long as an invocation that began with it may run. */
const longestInvocation = 900_000

type Code = NonNullable<CreateFunctionRequest['Code']> | UpdateFunctionCodeRequest | LayerVersionContentInput

/** The archive that a request brings or names, and how large it may be. */
export async function readCode(
  state: LambdaState,
  code: Code,
): Promise<{ readonly archive: Uint8Array; readonly limit: number }> {
  if ('ImageUri' in code && code.ImageUri !== undefined)
    throw unsupported('A function out of a container image')
  if (code.ZipFile !== undefined) return { archive: code.ZipFile, limit: directLimit }
  const { S3Bucket: bucket, S3Key: key, S3ObjectVersion: version } = code
  if (bucket === undefined || key === undefined)
    throw invalidParameter('Please provide a source for function code.')
  if (state.readObject === undefined)
    throw unsupported('Code out of an S3 bucket, while there is no S3 here,')
  try {
    const object = { bucket, key, ...(version !== undefined && { version }) }
    return { archive: await state.readObject(object), limit: bucketLimit }
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    throw invalidParameter(
      `Error occurred while GetObject. S3 Error Code: ${error.code}. S3 Error Message: ${error.message}`,
    )
  }
}

/** Unpacks what a request brings, for a record that is written next; when that fails the package goes again. */
export async function withPackage<Result>(
  state: LambdaState,
  code: Code,
  use: (added: Package) => Promise<Result>,
): Promise<Result> {
  const { archive, limit } = await readCode(state, code)
  const added = await state.packages.add(archive, limit)
  try {
    return await use(added)
  } catch (error) {
    await state.packages.remove(added.id)
    throw error
  }
}

/** Every package that a record refers to. */
export async function usedPackages({ store }: Pick<LambdaState, 'store'>): Promise<Set<string>> {
  return await store.read(reader => {
    const used = new Set<string>()
    for (const [, { code }] of functions.under(reader)) used.add(code.id)
    for (const [, { code }] of layers.under(reader)) used.add(code.id)
    return used
  })
}

/** Removes packages that nothing refers to any more, once nothing can still be running out of them. */
export function dropPackages(state: LambdaState, records: readonly Pick<FunctionRecord, 'code'>[]): void {
  state.clock.after(longestInvocation, () => {
    const drop = async (): Promise<void> => {
      const used = await usedPackages(state)
      for (const { code } of records) if (!used.has(code.id)) await state.packages.remove(code.id)
    }
    drop().catch(error => state.log.warn({ error }, 'a replaced package could not be removed'))
  })
}
