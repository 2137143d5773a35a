import { anonymousPrincipal, type Principal } from '../principal.ts'

/** An access key with whom it speaks for. */
export interface Credential {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Temporary credentials only: what `X-Amz-Security-Token` must repeat. */
  readonly sessionToken?: string
  /** Milliseconds since 1970; temporary credentials only. */
  readonly expiration?: number
  readonly status: 'Active' | 'Inactive'
  readonly principal: Principal
}

/** Where access keys are looked up; embedded stores answer at once, others with a promise. */
export interface CredentialsDirectory {
  find(accessKeyId: string): Credential | undefined | Promise<Credential | undefined>
}

/** Nobody in particular: who calls without a signature. */
export const anonymous: Principal = anonymousPrincipal('anonymous')
