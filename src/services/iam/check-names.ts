import { validationError } from './errors.ts'

const members = [
  'UserName',
  'NewUserName',
  'GroupName',
  'NewGroupName',
  'RoleName',
  'PolicyName',
  'InstanceProfileName',
] as const

/**
 * IAM words a name of the wrong letters by itself, as recorded for an ARN in a name's place in
 * https://github.com/shashankprasanna/torchserve-examples/issues/7; before it looks at other limits is assumed.
 */
export function checkNames(input: Readonly<Record<string, unknown>> | undefined): void {
  for (const member of members) {
    const name = input?.[member]
    if (typeof name === 'string' && name !== '' && !/^[\w+=,.@-]+$/.test(name))
      throw validationError(
        `The specified value for ${member.charAt(0).toLowerCase()}${member.slice(1)} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
      )
  }
}
