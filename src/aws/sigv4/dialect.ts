import type { AwsError } from '../aws-error.ts'
import type { CredentialScope } from './credential-scope.ts'
import type { SignatureEvidence } from './evidence.ts'

/** Everything that can be wrong with a signature, each answered in a service family's own words. */
export interface SignatureDialect {
  /** A header and a query parameter both claim to sign. */
  twoMechanisms(): AwsError
  /** Nothing signs at all. */
  unsigned(): AwsError
  /** An `Authorization` header of another scheme. */
  otherScheme(authorization: string, hasDate: boolean): AwsError
  /** A part of the `Authorization` header that is no `name=value`. */
  notKeyValue(authorization: string): AwsError
  headerIncomplete(missing: readonly string[], hasDate: boolean, authorization: string): AwsError
  queryIncomplete(missing: readonly string[]): AwsError
  algorithm(algorithm: string): AwsError
  date(text: string, placement: 'header' | 'query'): AwsError
  credential(credential: string, placement: 'header' | 'query', regional: boolean): AwsError
  scope(faults: ScopeFaults): AwsError
  expires(text: string): AwsError
  /** The clock of the client is too far off. */
  skewed(skew: Skew): AwsError
  presignExpired(facts: { readonly time: number; readonly expires: number; readonly now: number }): AwsError
  notSigned(headers: readonly string[]): AwsError
  unknownKey(accessKeyId: string): AwsError
  inactiveKey(accessKeyId: string): AwsError
  invalidToken(token: string | undefined): AwsError
  expiredToken(token: string): AwsError
  mismatch(accessKeyId: string, evidence: SignatureEvidence): AwsError
}

/** What is wrong with a credential scope; several things may be. */
export interface ScopeFaults {
  readonly scope: CredentialScope
  readonly placement: 'header' | 'query'
  /** What the service expects, where the scope has something else. */
  readonly region?: string
  readonly service?: string
  readonly terminal?: string
  /** The request's own date where its day is another one. */
  readonly date?: string
}

/** How far apart the clocks are; all in milliseconds. */
export interface Skew {
  readonly time: number
  readonly now: number
  readonly allowed: number
}
