import { type Operation as AnyOperation, identityTables, type OperationContext } from '../../aws/index.ts'
import type { Ids } from '../../ports/index.ts'
import type { Store } from '../../stores/index.ts'
import type { TokenKeys } from './token-keys.ts'

/** STS's state is the shared identity store: roles to assume, sessions that were given out. */
export interface StsState {
  readonly store: Store
  readonly ids: Ids
  readonly tokenKeys: TokenKeys
}

/** What an operation of STS sees. */
export type StsContext = OperationContext<StsState>

/** One of STS's operations. */
export type Operation<Input, Output> = AnyOperation<StsState, Input, Output>

export { identityTables as tables }
