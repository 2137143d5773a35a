import type * as Iam from '@aws-sdk/client-iam'
import { putMfaDevice, requiredMfaDevice } from '../mfa.ts'
import { page } from '../pages.ts'
import { type Operation, read, write } from '../state.ts'
import { addTags, removeTags } from '../tags.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagMFADevice.html */
export const TagMFADevice: Operation<Iam.TagMFADeviceRequest, undefined> = (context, input) =>
  write(context, writer => {
    const device = requiredMfaDevice(writer, context, input.SerialNumber)
    putMfaDevice(writer, context, { ...device, tags: addTags(device.tags, input.Tags) })
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagMFADevice.html */
export const UntagMFADevice: Operation<Iam.UntagMFADeviceRequest, undefined> = (context, input) =>
  write(context, writer => {
    const device = requiredMfaDevice(writer, context, input.SerialNumber)
    putMfaDevice(writer, context, { ...device, tags: removeTags(device.tags, input.TagKeys) })
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADeviceTags.html */
export const ListMFADeviceTags: Operation<Iam.ListMFADeviceTagsRequest, Iam.ListMFADeviceTagsResponse> = (
  context,
  input,
) =>
  read(context, reader => {
    const { tags } = requiredMfaDevice(reader, context, input.SerialNumber)
    const { items, ...rest } = page(tags, tag => tag.Key, input)
    return { Tags: items, ...rest }
  })
