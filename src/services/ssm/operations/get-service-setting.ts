import type { GetServiceSettingRequest, GetServiceSettingResult } from '@aws-sdk/client-ssm'
import { settingId, settingOf } from '../service-settings.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetServiceSetting.html */
export const GetServiceSetting: Operation<GetServiceSettingRequest, GetServiceSettingResult> = async (
  context,
  input,
) => {
  const id = settingId(input.SettingId)
  return { ServiceSetting: await context.state.store.read(reader => settingOf(reader, context, id)) }
}
