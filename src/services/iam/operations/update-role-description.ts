import type { UpdateRoleDescriptionRequest, UpdateRoleDescriptionResponse } from '@aws-sdk/client-iam'
import { change, required, roles } from '../entities.ts'
import { roleShape } from '../shapes.ts'
import { type Operation, write } from '../state.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html */
export const UpdateRoleDescription: Operation<UpdateRoleDescriptionRequest, UpdateRoleDescriptionResponse> = (
  context,
  input,
) =>
  write(context, writer => {
    const name = input.RoleName ?? ''
    change(roles, writer, context, name, role => ({ ...role, description: input.Description ?? '' }))
    return { Role: roleShape(required(roles, writer, context, name)) }
  })
