import type { Reader } from '../../stores/index.ts'
import { groupNotFound, invalidParameter } from './errors.ts'
import { type GroupRecord, groups, type Scope } from './state.ts'

/** `arn:aws:logs:us-east-1:000000000000:log-group:name` */
export function groupArn({ account, region }: Scope, name: string): string {
  return `arn:aws:logs:${region}:${account}:log-group:${name}`
}

/** The group that a name, an identifier or an ARN means. */
export function groupName(...given: readonly (string | undefined)[]): string {
  const named = given.filter(name => name !== undefined)
  const [text] = named
  if (text === undefined) throw invalidParameter('A log group name or identifier is needed.')
  const [, name = text] = /^arn:aws:logs:[^:]*:[^:]*:log-group:(.+?)(?::\*)?$/.exec(text) ?? []
  return name
}

export function getGroup(reader: Reader, { account, region }: Scope, name: string): GroupRecord {
  const record = groups.get(reader, account, region, name)
  if (record === undefined) throw groupNotFound()
  return record
}
