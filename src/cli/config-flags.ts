import { type ConfigInput, listSettings, readValue, type Setting } from '../config/index.ts'
import { type Flag, flagOf, type Given } from './flag.ts'

const withFlags: readonly { setting: Setting; flag: Flag }[] = listSettings().flatMap(setting => {
  const flag = flagOf(setting)
  return flag === undefined ? [] : [{ setting, flag }]
})

/** The flags of `start`, made from the configuration's schema. */
export const configFlags: readonly Flag[] = withFlags.map(each => each.flag)

/** Some of them, for commands that start nothing. */
export function configFlagsNamed(...names: readonly string[]): readonly Flag[] {
  return configFlags.filter(flag => names.includes(flag.name))
}

/** What was typed, as the configuration takes it, with how it was spelled. */
export function configFromFlags({ flags }: Given): {
  values: ConfigInput
  names: ReadonlyMap<string, string>
} {
  const values: Record<string, unknown> = {}
  const names = new Map<string, string>()
  for (const { setting, flag } of withFlags) {
    const value = flags.get(flag.name)
    if (value === undefined) continue
    values[setting.key] =
      typeof value === 'string' ? readValue(flag.optional === true ? 'number' : setting.kind, value) : value
    names.set(setting.key, `--${flag.name}`)
  }
  return { values: values as ConfigInput, names }
}
