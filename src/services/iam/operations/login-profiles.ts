import type * as Iam from '@aws-sdk/client-iam'
import { AwsError, type UserRecord } from '../../../aws/index.ts'
import type { Reader } from '../../../stores/index.ts'
import { userNameOf } from '../callers.ts'
import { change, required, users, without } from '../entities.ts'
import { alreadyExists, noSuchEntity } from '../errors.ts'
import { type IamContext, type Operation, present, read, tables, write } from '../state.ts'

/** The account's rules for passwords, or IAM's own where it has none. */
function checkPassword(reader: Reader, { account }: IamContext, password: string): string {
  const policy = tables.accounts.get(reader, account)?.passwordPolicy ?? {}
  const minimum = Number(policy['MinimumPasswordLength'] ?? 8)
  const rules: readonly (readonly [string, RegExp, string])[] = [
    ['RequireSymbols', /[!@#$%^&*()_+\-=[\]{}|']/, 'symbol'],
    ['RequireNumbers', /[0-9]/, 'number'],
    ['RequireUppercaseCharacters', /[A-Z]/, 'uppercase letter'],
    ['RequireLowercaseCharacters', /[a-z]/, 'lowercase letter'],
  ]
  const broken = rules.filter(([rule, pattern]) => policy[rule] === true && !pattern.test(password))
  if (password.length < minimum || broken.length > 0)
    throw new AwsError(
      'PasswordPolicyViolationException',
      password.length < minimum
        ? `Password should have a minimum length of ${minimum}`
        : `Password should have at least one ${broken[0]?.[2]}`,
      { statusCode: 400 },
    )
  return password
}

function profileOf(user: UserRecord): NonNullable<UserRecord['loginProfile']> {
  if (user.loginProfile === undefined)
    throw noSuchEntity(`Login Profile for User ${user.userName} cannot be found.`)
  return user.loginProfile
}

function shape(user: UserRecord): Iam.LoginProfile {
  const { createDate, resetRequired } = profileOf(user)
  return { UserName: user.userName, CreateDate: new Date(createDate), PasswordResetRequired: resetRequired }
}

/** There is no console to log in to; the profile is kept for tools that manage it. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html */
export const CreateLoginProfile: Operation<Iam.CreateLoginProfileRequest, Iam.CreateLoginProfileResponse> = (
  context,
  input,
) =>
  write(context, writer => {
    const name = userNameOf(context, input.UserName)
    const password = checkPassword(writer, context, input.Password ?? '')
    change(users, writer, context, name, user => {
      if (user.loginProfile !== undefined)
        throw alreadyExists(`Login Profile for user ${name} already exists.`)
      return {
        ...user,
        loginProfile: {
          createDate: present(context),
          resetRequired: input.PasswordResetRequired ?? false,
          password,
        },
      }
    })
    return { LoginProfile: shape(required(users, writer, context, name)) }
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html */
export const GetLoginProfile: Operation<Iam.GetLoginProfileRequest, Iam.GetLoginProfileResponse> = (
  context,
  input,
) =>
  read(context, reader => ({
    LoginProfile: shape(required(users, reader, context, userNameOf(context, input.UserName))),
  }))

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html */
export const UpdateLoginProfile: Operation<Iam.UpdateLoginProfileRequest, undefined> = (context, input) =>
  write(context, writer => {
    change(users, writer, context, input.UserName ?? '', user => {
      const before = profileOf(user)
      return {
        ...user,
        loginProfile: {
          ...before,
          password:
            input.Password === undefined ? before.password : checkPassword(writer, context, input.Password),
          resetRequired: input.PasswordResetRequired ?? before.resetRequired,
        },
      }
    })
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html */
export const DeleteLoginProfile: Operation<Iam.DeleteLoginProfileRequest, undefined> = (context, input) =>
  write(context, writer => {
    change(users, writer, context, userNameOf(context, input.UserName), user => {
      profileOf(user)
      return without(user, 'loginProfile')
    })
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ChangePassword.html */
export const ChangePassword: Operation<Iam.ChangePasswordRequest, undefined> = (context, input) =>
  write(context, writer => {
    change(users, writer, context, userNameOf(context, undefined), user => {
      const before = profileOf(user)
      if (before.password !== input.OldPassword)
        throw new AwsError('AccessDenied', 'The old password was incorrect.', { statusCode: 403 })
      const password = checkPassword(writer, context, input.NewPassword ?? '')
      return { ...user, loginProfile: { ...before, password, resetRequired: false } }
    })
    return undefined
  })
