import type {
  CreateServiceLinkedRoleRequest,
  CreateServiceLinkedRoleResponse,
  DeleteServiceLinkedRoleRequest,
  DeleteServiceLinkedRoleResponse,
  GetServiceLinkedRoleDeletionStatusRequest,
  GetServiceLinkedRoleDeletionStatusResponse,
} from '@aws-sdk/client-iam'
import { type RoleRecord, uniqueId } from '../../../aws/index.ts'
import { required, roles } from '../entities.ts'
import { invalidInput, noSuchEntity } from '../errors.ts'
import { roleShape } from '../shapes.ts'
import { entityArn, type Operation, present, tables, write } from '../state.ts'

/** A role that a service owns: `/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html */
export const CreateServiceLinkedRole: Operation<
  CreateServiceLinkedRoleRequest,
  CreateServiceLinkedRoleResponse
> = (context, input) => {
  const service = input.AWSServiceName ?? ''
  const { account } = context
  const suffix = input.CustomSuffix === undefined ? '' : `_${input.CustomSuffix}`
  const roleName = `AWSServiceRoleFor${serviceWord(service)}${suffix}`
  return write(context, writer => {
    if (tables.roles.get(writer, account, roleName) !== undefined)
      throw invalidInput(
        `Service role name ${roleName} has been taken in this account, please try a different suffix.`,
      )
    const path = `/aws-service-role/${service}/`
    const role: RoleRecord = {
      roleName,
      path,
      roleId: uniqueId('AROA', context.state.ids),
      arn: entityArn(account, 'role', path, roleName),
      createDate: present(context),
      ...(input.Description === undefined ? {} : { description: input.Description }),
      maxSessionDuration: 3600,
      assumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: [service] } }],
      }),
      tags: [],
      inlinePolicies: {},
      attachedPolicies: [],
    }
    tables.roles.put(writer, role, account, roleName)
    return { Role: roleShape(role) }
  })
}

/** AWS's own spelling where it is known, else the first label with a capital. */
function serviceWord(service: string): string {
  const label = service.split('.')[0] ?? ''
  const known: Readonly<Record<string, string>> = {
    ops: 'APIGateway',
    dynamodb: 'DynamoDB',
    ecs: 'ECS',
    lambda: 'Lambda',
    elasticloadbalancing: 'ElasticLoadBalancing',
    autoscaling: 'AutoScaling',
    rds: 'RDS',
    replicator: 'LambdaReplicator',
  }
  return known[label] ?? label.charAt(0).toUpperCase() + label.slice(1)
}

/** The task is over at once. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html */
export const DeleteServiceLinkedRole: Operation<
  DeleteServiceLinkedRoleRequest,
  DeleteServiceLinkedRoleResponse
> = (context, input) =>
  write(context, writer => {
    const role = required(roles, writer, context, input.RoleName ?? '')
    if (!role.path.startsWith('/aws-service-role/'))
      throw invalidInput(`Role ${role.roleName} is not a service-linked role.`)
    tables.roles.remove(writer, context.account, role.roleName)
    return { DeletionTaskId: `task${role.path}${role.roleName}/${context.newId()}` }
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLinkedRoleDeletionStatus.html */
export const GetServiceLinkedRoleDeletionStatus: Operation<
  GetServiceLinkedRoleDeletionStatusRequest,
  GetServiceLinkedRoleDeletionStatusResponse
> = (_context, input) => {
  const id = input.DeletionTaskId ?? ''
  if (!/^task\/aws-service-role\/.+\/.+\/[0-9a-f-]{36}$/.test(id))
    throw noSuchEntity(`Deletion task ${id} cannot be found.`)
  return { Status: 'SUCCEEDED' }
}
