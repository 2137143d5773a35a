import { defineService, type ServiceDefinition } from '../../aws/index.ts'
import { access } from './access.ts'
import * as operations from './operations/index.ts'
import { createTokenKeys, type KeySet } from './token-keys.ts'

export type { KeySet } from './token-keys.ts'

/** What the composition may give to STS. */
export interface StsOptions {
  /** Keys of OpenID Connect issuers by their URL. */
  readonly openIdKeys?: Readonly<Record<string, KeySet>>
}

/** Security Token Service: who am I, and temporary credentials. */
export function createSts({ openIdKeys = {} }: StsOptions = {}): ServiceDefinition {
  return defineService({
    id: 'sts',
    createState: ({ store, ids }) => ({ store, ids, tokenKeys: createTokenKeys(openIdKeys) }),
    operations,
    access,
  })
}

/** STS without the configuration's keys. */
export const sts = createSts()
