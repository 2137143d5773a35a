import type { ResetServiceSettingRequest, ResetServiceSettingResult } from '@aws-sdk/client-ssm'
import { settingId, settingOf } from '../service-settings.ts'
import { type Operation, settings } from '../state.ts'

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ResetServiceSetting.html */
export const ResetServiceSetting: Operation<ResetServiceSettingRequest, ResetServiceSettingResult> = async (
  context,
  input,
) => {
  const id = settingId(input.SettingId)
  const { state, account, region } = context
  const setting = await state.store.transaction(writer => {
    settings.remove(writer, account, region, id)
    return settingOf(writer, context, id)
  })
  return { ServiceSetting: setting }
}
