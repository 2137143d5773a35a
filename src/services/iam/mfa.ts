import { AwsError, type MfaDeviceRecord, matchingStep, totpCode } from '../../aws/index.ts'
import type { Reader, Writer } from '../../stores/index.ts'
import { noSuchEntity } from './errors.ts'
import { type IamContext, tables } from './state.ts'

/** All devices of an account, in the order of their serial numbers. */
export function mfaDevices(reader: Reader, { account }: IamContext): readonly MfaDeviceRecord[] {
  return [...tables.mfaDevices.under(reader, account)].map(([, device]) => device)
}

/** The device of this serial number, or NoSuchEntity. */
export function requiredMfaDevice(
  reader: Reader,
  { account }: IamContext,
  serialNumber = '',
): MfaDeviceRecord {
  const device = tables.mfaDevices.get(reader, account, serialNumber)
  if (device === undefined)
    throw noSuchEntity(`VirtualMFADevice with serial number ${serialNumber} doesn't exist.`)
  return device
}

/** A user's device, or NoSuchEntity. */
export function mfaDeviceOfUser(
  reader: Reader,
  context: IamContext,
  userName: string,
  serialNumber = '',
): MfaDeviceRecord {
  const device = tables.mfaDevices.get(reader, context.account, serialNumber)
  if (device?.userName !== userName)
    throw noSuchEntity(
      `MFA Device with serial number ${serialNumber} is not associated with user ${userName}.`,
    )
  return device
}

/** Keeps a device. */
export function putMfaDevice(writer: Writer, { account }: IamContext, device: MfaDeviceRecord): void {
  tables.mfaDevices.put(writer, device, account, device.serialNumber)
}

/** Two codes that follow each other prove that the device is at hand. */
export function checkConsecutiveCodes(
  { seed }: MfaDeviceRecord,
  codes: readonly [first: string | undefined, second: string | undefined],
  now: number,
): void {
  const step = matchingStep({ seed }, codes[0] ?? '', now)
  if (step === undefined || totpCode(seed, step + 1) !== codes[1])
    throw new AwsError('InvalidAuthenticationCodeException', 'Authentication code for device is not valid.', {
      statusCode: 403,
    })
}
