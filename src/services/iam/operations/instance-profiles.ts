import type * as Iam from '@aws-sdk/client-iam'
import { type InstanceProfileRecord, uniqueId } from '../../../aws/index.ts'
import type { Reader } from '../../../stores/index.ts'
import { required, roles, without } from '../entities.ts'
import { alreadyExists, deleteConflict, limitExceeded, noSuchEntity } from '../errors.ts'
import { page } from '../pages.ts'
import { checkedPath } from '../paths.ts'
import { instanceProfileShape } from '../shapes.ts'
import { entityArn, type IamContext, type Operation, present, read, tables, write } from '../state.ts'
import { addTags, removeTags } from '../tags.ts'

function profileOf(reader: Reader, { account }: IamContext, name: string | undefined): InstanceProfileRecord {
  const profile = tables.instanceProfiles.get(reader, account, name ?? '')
  if (profile === undefined) throw noSuchEntity(`Instance Profile ${name} cannot be found.`)
  return profile
}

function shape(reader: Reader, { account }: IamContext, profile: InstanceProfileRecord): Iam.InstanceProfile {
  const { roleName } = profile
  const role = roleName === undefined ? undefined : tables.roles.get(reader, account, roleName)
  return instanceProfileShape(profile, role)
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html */
export const CreateInstanceProfile: Operation<
  Iam.CreateInstanceProfileRequest,
  Iam.CreateInstanceProfileResponse
> = (context, input) => {
  const name = input.InstanceProfileName ?? ''
  const path = checkedPath(input.Path)
  return write(context, writer => {
    if (tables.instanceProfiles.get(writer, context.account, name) !== undefined)
      throw alreadyExists(`Instance Profile ${name} already exists.`)
    const profile: InstanceProfileRecord = {
      instanceProfileName: name,
      path,
      instanceProfileId: uniqueId('AIPA', context.state.ids),
      arn: entityArn(context.account, 'instance-profile', path, name),
      createDate: present(context),
      tags: addTags([], input.Tags),
    }
    tables.instanceProfiles.put(writer, profile, context.account, name)
    return { InstanceProfile: shape(writer, context, profile) }
  })
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html */
export const GetInstanceProfile: Operation<Iam.GetInstanceProfileRequest, Iam.GetInstanceProfileResponse> = (
  context,
  input,
) =>
  read(context, reader => ({
    InstanceProfile: shape(reader, context, profileOf(reader, context, input.InstanceProfileName)),
  }))

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html */
export const ListInstanceProfiles: Operation<
  Iam.ListInstanceProfilesRequest,
  Iam.ListInstanceProfilesResponse
> = (context, input) =>
  read(context, reader => {
    const all = [...tables.instanceProfiles.under(reader, context.account)]
      .map(([, profile]) => profile)
      .filter(profile => profile.path.startsWith(input.PathPrefix ?? '/'))
    const { items, ...rest } = page(all, profile => profile.instanceProfileName, input)
    return { InstanceProfiles: items.map(profile => shape(reader, context, profile)), ...rest }
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html */
export const ListInstanceProfilesForRole: Operation<
  Iam.ListInstanceProfilesForRoleRequest,
  Iam.ListInstanceProfilesForRoleResponse
> = (context, input) =>
  read(context, reader => {
    const { roleName } = required(roles, reader, context, input.RoleName ?? '')
    const all = [...tables.instanceProfiles.under(reader, context.account)]
      .map(([, profile]) => profile)
      .filter(profile => profile.roleName === roleName)
    const { items, ...rest } = page(all, profile => profile.instanceProfileName, input)
    return { InstanceProfiles: items.map(profile => shape(reader, context, profile)), ...rest }
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteInstanceProfile.html */
export const DeleteInstanceProfile: Operation<Iam.DeleteInstanceProfileRequest, undefined> = (
  context,
  input,
) =>
  write(context, writer => {
    const profile = profileOf(writer, context, input.InstanceProfileName)
    if (profile.roleName !== undefined)
      throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.')
    tables.instanceProfiles.remove(writer, context.account, profile.instanceProfileName)
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html */
export const AddRoleToInstanceProfile: Operation<Iam.AddRoleToInstanceProfileRequest, undefined> = (
  context,
  input,
) =>
  write(context, writer => {
    const profile = profileOf(writer, context, input.InstanceProfileName)
    const { roleName } = required(roles, writer, context, input.RoleName ?? '')
    if (profile.roleName !== undefined) throw limitExceeded('InstanceSessionsPerInstanceProfile', 1)
    tables.instanceProfiles.put(
      writer,
      { ...profile, roleName },
      context.account,
      profile.instanceProfileName,
    )
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html */
export const RemoveRoleFromInstanceProfile: Operation<Iam.RemoveRoleFromInstanceProfileRequest, undefined> = (
  context,
  input,
) =>
  write(context, writer => {
    const profile = profileOf(writer, context, input.InstanceProfileName)
    if (profile.roleName !== input.RoleName)
      throw noSuchEntity(
        `Role ${input.RoleName} in Instance Profile ${profile.instanceProfileName} cannot be found.`,
      )
    tables.instanceProfiles.put(
      writer,
      without(profile, 'roleName'),
      context.account,
      profile.instanceProfileName,
    )
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagInstanceProfile.html */
export const TagInstanceProfile: Operation<Iam.TagInstanceProfileRequest, undefined> = (context, input) =>
  write(context, writer => {
    const profile = profileOf(writer, context, input.InstanceProfileName)
    const tags = addTags(profile.tags, input.Tags)
    tables.instanceProfiles.put(writer, { ...profile, tags }, context.account, profile.instanceProfileName)
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagInstanceProfile.html */
export const UntagInstanceProfile: Operation<Iam.UntagInstanceProfileRequest, undefined> = (context, input) =>
  write(context, writer => {
    const profile = profileOf(writer, context, input.InstanceProfileName)
    const tags = removeTags(profile.tags, input.TagKeys)
    tables.instanceProfiles.put(writer, { ...profile, tags }, context.account, profile.instanceProfileName)
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfileTags.html */
export const ListInstanceProfileTags: Operation<
  Iam.ListInstanceProfileTagsRequest,
  Iam.ListInstanceProfileTagsResponse
> = (context, input) =>
  read(context, reader => {
    const { tags } = profileOf(reader, context, input.InstanceProfileName)
    const { items, ...rest } = page(tags, tag => tag.Key, input)
    return { Tags: items, ...rest }
  })
