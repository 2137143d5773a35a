import type { Principal } from '../principal.ts'

/** Temporary credentials as STS gave them out. */
export interface SessionRecord {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  /** Milliseconds since 1970. */
  readonly expiration: number
  readonly principal: Principal
}
