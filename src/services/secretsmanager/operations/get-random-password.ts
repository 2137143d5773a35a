import type { GetRandomPasswordRequest, GetRandomPasswordResponse } from '@aws-sdk/client-secrets-manager'
import type { Ids } from '../../../ports/index.ts'
import { invalidParameter } from '../errors.ts'
import type { Operation } from '../state.ts'

const lowercase = 'abcdefghijklmnopqrstuvwxyz'
const uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const numbers = '0123456789'
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'

/** In random order, by Fisher and Yates. */
function shuffled(characters: readonly string[], ids: Ids): string {
  const order = [...characters]
  const random = new DataView(Uint8Array.from(ids.bytes(4 * order.length)).buffer)
  for (let at = order.length - 1; at > 0; at--) {
    const other = random.getUint32(4 * at) % (at + 1)
    const kept = order[at] ?? ''
    order[at] = order[other] ?? ''
    order[other] = kept
  }
  return order.join('')
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html */
export const GetRandomPassword: Operation<GetRandomPasswordRequest, GetRandomPasswordResponse> = (
  { state },
  input,
) => {
  const length = input.PasswordLength ?? 32
  const excluded = input.ExcludeCharacters ?? ''
  const types = [
    input.ExcludeLowercase ? '' : lowercase,
    input.ExcludeUppercase ? '' : uppercase,
    input.ExcludeNumbers ? '' : numbers,
    input.ExcludePunctuation ? '' : punctuation,
    input.IncludeSpace ? ' ' : '',
  ]
    .map(type => [...type].filter(character => !excluded.includes(character)).join(''))
    .filter(type => type !== '')
  if (types.length === 0)
    throw invalidParameter('All characters are excluded: there is nothing left to make a password of.')
  const required = (input.RequireEachIncludedType ?? true) ? types : []
  if (length < 1 || length > 4096) throw invalidParameter('PasswordLength must be between 1 and 4096.')
  if (length < required.length)
    throw invalidParameter('Password length too short based on the required types.')
  const picked = required.map(type => state.ids.token(1, type))
  const rest = state.ids.token(length - picked.length, types.join(''))
  return { RandomPassword: shuffled([...picked, ...rest], state.ids) }
}
