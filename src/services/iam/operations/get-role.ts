import type { GetRoleRequest, GetRoleResponse } from '@aws-sdk/client-iam'
import { required, roles } from '../entities.ts'
import { roleShape } from '../shapes.ts'
import { type Operation, read } from '../state.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export const GetRole: Operation<GetRoleRequest, GetRoleResponse> = (context, input) =>
  read(context, reader => ({ Role: roleShape(required(roles, reader, context, input.RoleName ?? '')) }))
