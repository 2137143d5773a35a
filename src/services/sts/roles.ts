import { type RoleRecord, roleOfArn } from '../../aws/index.ts'
import { type StsContext, tables } from './state.ts'

/** The role of an ARN, whatever its account; a path that is wrong names no role. */
export async function findRole(context: StsContext, arn: string): Promise<RoleRecord | undefined> {
  const { account, name } = roleOfArn(arn)
  const role = await context.state.store.read(reader => tables.roles.get(reader, account, name))
  return role?.arn === arn ? role : undefined
}
