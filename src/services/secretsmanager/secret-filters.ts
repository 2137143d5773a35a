import type { Filter } from '@aws-sdk/client-secrets-manager'
import { invalidParameter } from './errors.ts'
import type { SecretRecord } from './state.ts'

const words = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '')

const tagTexts = ({ tags = {} }: SecretRecord): string[] => [...Object.keys(tags), ...Object.values(tags)]

/** What each key looks at, and whether capitals matter. */
const fields: Readonly<
  Record<
    string,
    { readonly of: (secret: SecretRecord) => readonly (string | undefined)[]; readonly exact: boolean }
  >
> = {
  description: { of: ({ description = '' }) => [description, ...words(description)], exact: false },
  name: { of: ({ name }) => [name], exact: true },
  'tag-key': { of: ({ tags = {} }) => Object.keys(tags), exact: true },
  'tag-value': { of: ({ tags = {} }) => Object.values(tags), exact: true },
  'primary-region': { of: ({ primaryRegion }) => [primaryRegion], exact: true },
  'owning-service': { of: () => [], exact: true },
}

/** `all` breaks the value into words and finds every one of them somewhere. */
function matchesAll(secret: SecretRecord, value: string): boolean {
  const texts = [secret.name, secret.description ?? '', ...tagTexts(secret)].flatMap(text => [
    text.toLowerCase(),
    ...words(text),
  ])
  return value
    .toLowerCase()
    .split(/\s+/)
    .every(word => texts.some(text => text.startsWith(word)))
}

function matches(secret: SecretRecord, key: string, value: string): boolean {
  if (key === 'all') return matchesAll(secret, value)
  const field = fields[key]
  if (field === undefined) throw invalidParameter('Invalid filter key')
  const wanted = field.exact ? value : value.toLowerCase()
  return field
    .of(secret)
    .some(text => text !== undefined && (field.exact ? text : text.toLowerCase()).startsWith(wanted))
}

/**
 * Whether a secret passes: of one filter any value, of the filters all; a value after `!` must not match.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Filter.html
 */
export function passesFilters(secret: SecretRecord, filters: readonly Filter[] | undefined): boolean {
  return (filters ?? []).every(({ Key: key, Values: values }) => {
    if (key === undefined) throw invalidParameter('Invalid filter key')
    if (values === undefined || values.length === 0)
      throw invalidParameter(`Invalid filter values for key: ${key}`)
    const refused = values.filter(value => value.startsWith('!')).map(value => value.slice(1))
    const wanted = values.filter(value => !value.startsWith('!'))
    if (refused.some(value => matches(secret, key, value))) return false
    return wanted.length === 0 || wanted.some(value => matches(secret, key, value))
  })
}
