import { type Operation as AnyOperation, identityTables, type OperationContext } from '../../aws/index.ts'
import type { Ids } from '../../ports/index.ts'
import type { Reader, Store, Writer } from '../../stores/index.ts'

/** IAM's state is the shared identity store; nothing is kept beside it. */
export interface IamState {
  readonly store: Store
  readonly ids: Ids
}

/** What an operation of IAM sees. */
export type IamContext = OperationContext<IamState>

/** One of IAM's operations. */
export type Operation<Input, Output> = AnyOperation<IamState, Input, Output>

export { identityTables as tables }

/** Reads from one snapshot. */
export function read<Result>(context: IamContext, run: (reader: Reader) => Result): Result | Promise<Result> {
  return context.state.store.read(run)
}

/** Changes in one transaction. */
export function write<Result>(context: IamContext, run: (writer: Writer) => Result): Promise<Result> {
  return context.state.store.transaction(run)
}

/** `arn:aws:iam::123456789012:user/division/ada`: a path begins and ends with a slash. */
export function entityArn(account: string, kind: string, path: string, name: string): string {
  return `arn:aws:iam::${account}:${kind}${path}${name}`
}

/** The present as IAM keeps it: in whole seconds. */
export function present({ now }: Pick<IamContext, 'now'>): number {
  return Math.floor(now / 1000) * 1000
}
