import type { ServiceSetting } from '@aws-sdk/client-ssm'
import type { Reader } from '../../stores/index.ts'
import { serviceSettingNotFound } from './errors.ts'
import { type Scope, settings } from './state.ts'

/** The account settings that Parameter Store itself asks, with what AWS presets. */
const presets: Readonly<Record<string, string>> = {
  '/ssm/parameter-store/default-parameter-tier': 'Standard',
  '/ssm/parameter-store/high-throughput-enabled': 'false',
}

/** The setting's id without the ARN's front. */
export function settingId(text: string | undefined): string {
  const id = (text ?? '').replace(/^arn:[^:]+:ssm:[^:]*:\d{12}:servicesetting/, '')
  if (!Object.hasOwn(presets, id)) throw serviceSettingNotFound(id)
  return id
}

/** The tier of parameters whose request names none. */
export const defaultTierOf = (reader: Reader, { account, region }: Scope): string =>
  settings.get(reader, account, region, '/ssm/parameter-store/default-parameter-tier')?.value ?? 'Standard'

/** A setting as GetServiceSetting answers it. */
export function settingOf(reader: Reader, { account, region }: Scope, id: string): ServiceSetting {
  const changed = settings.get(reader, account, region, id)
  return {
    SettingId: id,
    SettingValue: changed?.value ?? presets[id],
    LastModifiedDate: new Date(changed?.modified ?? 0),
    LastModifiedUser: changed?.user ?? 'System',
    ARN: `arn:aws:ssm:${region}:${account}:servicesetting${id}`,
    Status: changed === undefined ? 'Default' : 'Customized',
  }
}
