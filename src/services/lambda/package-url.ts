import type { Package } from './packages/packages.ts'
import type { LambdaState } from './state.ts'

/** Where the AWS door serves archives: the random id in it is the permission, as in a presigned URL of AWS. */
export const packagePath = '/_lambdarium/packages/'

/** `Code.Location` of functions and `Content.Location` of layers. */
export function packageUrl({ endpoint }: Pick<LambdaState, 'endpoint'>, { id }: Package): string {
  return `${endpoint()}${packagePath}${id}`
}
