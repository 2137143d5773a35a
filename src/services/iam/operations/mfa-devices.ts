import type * as Iam from '@aws-sdk/client-iam'
import { userNameOf } from '../callers.ts'
import { required, users, without } from '../entities.ts'
import { alreadyExists } from '../errors.ts'
import {
  checkConsecutiveCodes,
  mfaDeviceOfUser,
  mfaDevices,
  putMfaDevice,
  requiredMfaDevice,
} from '../mfa.ts'
import { page } from '../pages.ts'
import { type Operation, present, read, write } from '../state.ts'

/** Gives a device to a user. https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html */
export const EnableMFADevice: Operation<Iam.EnableMFADeviceRequest, undefined> = (context, input) =>
  write(context, writer => {
    const userName = input.UserName ?? ''
    required(users, writer, context, userName)
    const device = requiredMfaDevice(writer, context, input.SerialNumber)
    if (device.userName !== undefined) throw alreadyExists('MFA Device is already in use.')
    checkConsecutiveCodes(device, [input.AuthenticationCode1, input.AuthenticationCode2], context.now)
    putMfaDevice(writer, context, { ...device, userName, enableDate: present(context) })
    return undefined
  })

/** The device stays, and can be given to a user again. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html */
export const DeactivateMFADevice: Operation<Iam.DeactivateMFADeviceRequest, undefined> = (context, input) =>
  write(context, writer => {
    const userName = userNameOf(context, input.UserName)
    required(users, writer, context, userName)
    const device = mfaDeviceOfUser(writer, context, userName, input.SerialNumber)
    putMfaDevice(writer, context, without(device, 'userName', 'enableDate', 'lastStep'))
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResyncMFADevice.html */
export const ResyncMFADevice: Operation<Iam.ResyncMFADeviceRequest, undefined> = (context, input) =>
  read(context, reader => {
    const userName = input.UserName ?? ''
    required(users, reader, context, userName)
    const device = mfaDeviceOfUser(reader, context, userName, input.SerialNumber)
    checkConsecutiveCodes(device, [input.AuthenticationCode1, input.AuthenticationCode2], context.now)
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html */
export const ListMFADevices: Operation<Iam.ListMFADevicesRequest, Iam.ListMFADevicesResponse> = (
  context,
  input,
) => {
  // The owner of the account has no devices here, and is told so.
  if (input.UserName === undefined && context.principal.kind !== 'user')
    return { MFADevices: [], IsTruncated: false }
  const userName = userNameOf(context, input.UserName)
  return read(context, reader => {
    required(users, reader, context, userName)
    const own = mfaDevices(reader, context).filter(device => device.userName === userName)
    const { items, ...rest } = page(own, device => device.serialNumber, input)
    return {
      MFADevices: items.map(({ serialNumber, enableDate = 0 }) => ({
        UserName: userName,
        SerialNumber: serialNumber,
        EnableDate: new Date(enableDate),
      })),
      ...rest,
    }
  })
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetMFADevice.html */
export const GetMFADevice: Operation<Iam.GetMFADeviceRequest, Iam.GetMFADeviceResponse> = (context, input) =>
  read(context, reader => {
    const { serialNumber, userName, enableDate } =
      input.UserName === undefined
        ? requiredMfaDevice(reader, context, input.SerialNumber)
        : mfaDeviceOfUser(reader, context, input.UserName, input.SerialNumber)
    return {
      SerialNumber: serialNumber,
      ...(userName === undefined ? {} : { UserName: userName }),
      ...(enableDate === undefined ? {} : { EnableDate: new Date(enableDate) }),
    }
  })
