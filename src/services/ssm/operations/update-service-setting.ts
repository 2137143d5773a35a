import type { UpdateServiceSettingRequest, UpdateServiceSettingResult } from '@aws-sdk/client-ssm'
import { validationException } from '../errors.ts'
import { settingId } from '../service-settings.ts'
import { type Operation, settings } from '../state.ts'

const values: Readonly<Record<string, readonly string[]>> = {
  '/ssm/parameter-store/default-parameter-tier': ['Standard', 'Advanced', 'Intelligent-Tiering'],
  '/ssm/parameter-store/high-throughput-enabled': ['true', 'false'],
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UpdateServiceSetting.html */
export const UpdateServiceSetting: Operation<
  UpdateServiceSettingRequest,
  UpdateServiceSettingResult
> = async (context, input) => {
  const id = settingId(input.SettingId)
  const value = input.SettingValue ?? ''
  const allowed = values[id] ?? []
  if (!allowed.includes(value))
    throw validationException(`${value} is not a value of ${id}. Valid values: ${allowed.join(', ')}.`)
  const { state, account, region, now, principal } = context
  await state.store.transaction(writer =>
    settings.put(writer, { value, modified: now, user: principal.arn }, account, region, id),
  )
  return {}
}
