import { type MfaDeviceRecord, matchingStep } from '../../aws/index.ts'
import type { Reader } from '../../stores/index.ts'
import { mfaFailed } from './errors.ts'
import { type StsContext, tables } from './state.ts'

/** How GetSessionToken and AssumeRole take a code of an MFA device. */
export interface MfaInput {
  readonly SerialNumber?: string | undefined
  readonly TokenCode?: string | undefined
}

/** Whether the caller brought a code, and a right one; refuses a wrong one. Takes it only when `takeMfa` is asked. */
export async function checkMfa(context: StsContext, input: MfaInput): Promise<boolean> {
  if (input.SerialNumber === undefined && input.TokenCode === undefined) return false
  await context.state.store.read(reader => match(reader, context, input))
  return true
}

/** As `checkMfa`; the code cannot be used again. */
export async function takeMfa(context: StsContext, input: MfaInput): Promise<boolean> {
  if (input.SerialNumber === undefined && input.TokenCode === undefined) return false
  await context.state.store.transaction(writer => {
    const { device, step } = match(writer, context, input)
    const { account } = context.principal
    tables.mfaDevices.put(writer, { ...device, lastStep: step }, account, device.serialNumber)
  })
  return true
}

function match(
  reader: Reader,
  { principal, now }: StsContext,
  { SerialNumber: serial, TokenCode: code }: MfaInput,
): { readonly device: MfaDeviceRecord; readonly step: number } {
  if (serial === undefined || code === undefined) throw mfaFailed.incomplete()
  const device = tables.mfaDevices.get(reader, principal.account, serial)
  const userName = principal.kind === 'user' ? principal.arn.slice(principal.arn.lastIndexOf('/') + 1) : ''
  if (device?.userName === undefined || device.userName !== userName) throw mfaFailed.unknownDevice()
  const step = matchingStep(device, code, now)
  if (step === undefined) throw mfaFailed.wrongCode()
  return { device, step }
}
