import type { UpdateRoleRequest, UpdateRoleResponse } from '@aws-sdk/client-iam'
import { change, roles } from '../entities.ts'
import { type Operation, write } from '../state.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html */
export const UpdateRole: Operation<UpdateRoleRequest, UpdateRoleResponse> = (context, input) =>
  write(context, writer => {
    change(roles, writer, context, input.RoleName ?? '', role => ({
      ...role,
      ...(input.Description === undefined ? {} : { description: input.Description }),
      maxSessionDuration: input.MaxSessionDuration ?? 3600,
    }))
    return {}
  })
