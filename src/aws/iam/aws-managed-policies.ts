/** A managed policy that AWS owns. */
export interface AwsManagedPolicy {
  readonly arn: string
  readonly policyName: string
  readonly path: string
  readonly description: string
  /** JSON text. */
  readonly document: string
}

export function awsManagedPolicy(_arn: string): AwsManagedPolicy | undefined {
  return undefined
}
