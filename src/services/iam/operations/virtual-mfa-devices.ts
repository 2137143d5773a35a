import type * as Iam from '@aws-sdk/client-iam'
import type { MfaDeviceRecord } from '../../../aws/index.ts'
import { blackAndWhitePng, qrCode } from '../../../lib/index.ts'
import { users } from '../entities.ts'
import { alreadyExists, deleteConflict } from '../errors.ts'
import { mfaDevices, putMfaDevice, requiredMfaDevice } from '../mfa.ts'
import { page } from '../pages.ts'
import { tagsShape, userShape } from '../shapes.ts'
import { entityArn, type Operation, read, tables, write } from '../state.ts'
import { addTags } from '../tags.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The only answer that ever shows the seed. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html */
export const CreateVirtualMFADevice: Operation<
  Iam.CreateVirtualMFADeviceRequest,
  Iam.CreateVirtualMFADeviceResponse
> = (context, input) => {
  const name = input.VirtualMFADeviceName ?? ''
  const device: MfaDeviceRecord = {
    serialNumber: entityArn(context.account, 'mfa', input.Path ?? '/', name),
    seed: context.state.ids.token(64, alphabet),
    tags: addTags([], input.Tags),
  }
  return write(context, writer => {
    if (tables.mfaDevices.get(writer, context.account, device.serialNumber) !== undefined)
      throw alreadyExists('MFADevice entity at the same path and name already exists.')
    putMfaDevice(writer, context, device)
    return {
      VirtualMFADevice: {
        SerialNumber: device.serialNumber,
        Base32StringSeed: Buffer.from(device.seed),
        QRCodePNG: blackAndWhitePng(qrCode(uriOf(device.seed, name, context.account)), {
          scale: 4,
          margin: 4,
        }),
        ...tagsShape(device.tags),
      },
    }
  })
}

/** As authenticator apps read it: the virtual device's name and the account, then the seed. */
function uriOf(seed: string, name: string, account: string): string {
  const issuer = 'Amazon%20Web%20Services'
  return `otpauth://totp/${issuer}:${encodeURIComponent(name)}@${account}?secret=${seed}&issuer=${issuer}`
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html */
export const DeleteVirtualMFADevice: Operation<Iam.DeleteVirtualMFADeviceRequest, undefined> = (
  context,
  input,
) =>
  write(context, writer => {
    const device = requiredMfaDevice(writer, context, input.SerialNumber)
    if (device.userName !== undefined)
      throw deleteConflict('MFA VirtualDevice in use. Must deactivate first.')
    tables.mfaDevices.remove(writer, context.account, device.serialNumber)
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html */
export const ListVirtualMFADevices: Operation<
  Iam.ListVirtualMFADevicesRequest,
  Iam.ListVirtualMFADevicesResponse
> = (context, input) =>
  read(context, reader => {
    const { AssignmentStatus: status = 'Any' } = input
    const wanted = mfaDevices(reader, context).filter(
      ({ userName }) => status === 'Any' || (userName !== undefined) === (status === 'Assigned'),
    )
    const { items, ...rest } = page(wanted, device => device.serialNumber, input)
    return {
      VirtualMFADevices: items.map(({ serialNumber, userName, enableDate }) => {
        const user = userName === undefined ? undefined : users.table.get(reader, context.account, userName)
        return {
          SerialNumber: serialNumber,
          ...(user === undefined ? {} : { User: userShape(user, false) }),
          ...(enableDate === undefined ? {} : { EnableDate: new Date(enableDate) }),
        }
      }),
      ...rest,
    }
  })
