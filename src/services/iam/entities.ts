import type { GroupRecord, RoleRecord, UserRecord } from '../../aws/index.ts'
import type { JsonTable, Reader, Writer } from '../../stores/index.ts'
import { notFound } from './errors.ts'
import { type IamContext, tables } from './state.ts'

/** What users, groups and roles have in common: name, path, policies. */
export interface EntityKind<Member extends string, Value> {
  /** IAM's word: `user`. */
  readonly kind: 'user' | 'group' | 'role'
  /** The input member that names one: `UserName`. */
  readonly member: Member
  readonly table: JsonTable<Value>
  /** Bytes of all inline policies together. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
  readonly inlineLimit: number
  /** The quota's name in errors. */
  readonly attachedQuota: string
}

export const users: EntityKind<'UserName', UserRecord> = {
  kind: 'user',
  member: 'UserName',
  table: tables.users,
  inlineLimit: 2048,
  attachedQuota: 'PoliciesPerUser',
}
export const groups: EntityKind<'GroupName', GroupRecord> = {
  kind: 'group',
  member: 'GroupName',
  table: tables.groups,
  inlineLimit: 5120,
  attachedQuota: 'PoliciesPerGroup',
}
export const roles: EntityKind<'RoleName', RoleRecord> = {
  kind: 'role',
  member: 'RoleName',
  table: tables.roles,
  inlineLimit: 10_240,
  attachedQuota: 'PoliciesPerRole',
}

/** The entity of this name, or NoSuchEntity. */
export function required<Member extends string, Value>(
  { table, kind }: EntityKind<Member, Value>,
  reader: Reader,
  { account }: Pick<IamContext, 'account'>,
  name: string,
): Value {
  const found = table.get(reader, account, name)
  if (found === undefined) throw notFound(kind, name)
  return found
}

/** Replaces some members of an entity; gives what it was. */
export function change<Member extends string, Value extends object>(
  entity: EntityKind<Member, Value>,
  writer: Writer,
  context: Pick<IamContext, 'account'>,
  name: string,
  changes: (before: Value) => Value,
): Value {
  const before = required(entity, writer, context, name)
  entity.table.put(writer, changes(before), context.account, name)
  return before
}

/** A copy without some members: `undefined` would not do, as values are kept as JSON. */
export function without<Value extends object, Key extends keyof Value>(
  value: Value,
  ...keys: Key[]
): Omit<Value, Key> {
  const copy = { ...value }
  for (const key of keys) delete copy[key]
  return copy
}
