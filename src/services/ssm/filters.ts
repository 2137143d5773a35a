import type { ParameterStringFilter, ParametersFilter } from '@aws-sdk/client-ssm'
import { invalidFilterKey, invalidFilterOption, invalidFilterValue, validationException } from './errors.ts'
import { checkPath } from './names.ts'
import { type Found, labelsOf } from './records.ts'

/** Whether a parameter passes. */
export type ParameterFilter = (path: string, found: Found) => boolean

const tiers = ['Standard', 'Advanced', 'Intelligent-Tiering']
const types = ['String', 'StringList', 'SecureString']
/** Keys by operation, as the error names them. */
const describeKeys = ['Path', 'Name', 'Type', 'KeyId', 'Tier', 'DataType']
const byPathKeys = ['Type', 'KeyId', 'Label']

function checkValues(values: readonly string[], allowed: readonly string[]): void {
  for (const value of values)
    if (!allowed.includes(value))
      throw invalidFilterValue(
        `The following filter value is not valid: ${value}. Valid values include: [${allowed.join(', ')}].`,
      )
}

function checkOption(key: string, option: string): void {
  const allowed =
    key === 'Path'
      ? ['Recursive', 'OneLevel']
      : key === 'Name'
        ? ['BeginsWith', 'Contains', 'Equals']
        : ['BeginsWith', 'Equals']
  if (!allowed.includes(option))
    throw invalidFilterOption(
      `The following filter option is not valid: ${option}. Valid options include: [${allowed.join(', ')}].`,
    )
}

/** Whether `path` lies below one of `parents`, directly or however deep. */
export function liesUnder(path: string, parent: string, recursive: boolean): boolean {
  const base = parent.endsWith('/') ? parent : `${parent}/`
  return path.startsWith(base) && path.length > base.length && (recursive || !path.includes('/', base.length))
}

function test(option: string, values: readonly string[]): (text: string) => boolean {
  if (option === 'BeginsWith') return text => values.some(value => text.startsWith(value))
  if (option === 'Contains') return text => values.some(value => text.includes(value))
  return text => values.includes(text)
}

function compile(key: string, option: string, values: readonly string[]): ParameterFilter {
  const passes = test(option, values)
  if (key.startsWith('tag:')) {
    const tag = key.slice(4)
    return (_path, { record }) => {
      const value = record.tags[tag]
      return value !== undefined && (values.length === 0 || passes(value))
    }
  }
  if (key === 'Path') return path => values.some(value => liesUnder(path, value, option === 'Recursive'))
  if (key === 'Name') {
    // A leading slash makes no difference to a name without hierarchy, unless a part of it is looked for.
    const slashed = test(
      option,
      option === 'Contains' ? values : values.map(value => `/${value.replace(/^\//, '')}`),
    )
    return path => slashed(path)
  }
  if (key === 'Label') return (_path, { record, version }) => labelsOf(record, version.version).some(passes)
  if (key === 'KeyId') return (_path, { version }) => version.keyId !== undefined && passes(version.keyId)
  if (key === 'Tier') return (_path, { version }) => passes(version.tier)
  if (key === 'DataType') return (_path, { version }) => passes(version.dataType)
  return (_path, { version }) => passes(version.type)
}

/**
 * Compiles `ParameterFilters`; all of them have to pass.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html
 */
export function compileFilters(
  filters: readonly ParameterStringFilter[] | undefined,
  use: 'describe' | 'by-path',
): ParameterFilter {
  const keys = use === 'describe' ? describeKeys : byPathKeys
  const seen = new Set<string>()
  const compiled = (filters ?? []).map(filter => {
    const key = filter.Key ?? ''
    const values = filter.Values ?? []
    const option = filter.Option ?? (key === 'Path' ? 'OneLevel' : 'Equals')
    const isTag = key.startsWith('tag:') && use === 'describe'
    if (!isTag && !keys.includes(key))
      throw invalidFilterKey(
        `The following filter key is not valid: ${key}. Valid filter keys include: [${keys.join(', ')}].`,
      )
    if (seen.has(key))
      throw invalidFilterKey(
        `The following filter is duplicated in the request: ${key}. A request can contain only one occurrence of a specific filter.`,
      )
    seen.add(key)
    if (!isTag && values.length === 0)
      throw invalidFilterValue(`The following filter values are missing : null for filter key ${key}.`)
    checkOption(key, option)
    if (key === 'Type') checkValues(values, types)
    if (key === 'Tier') checkValues(values, tiers)
    if (key === 'Path')
      for (const value of values) {
        if (/^\/(aws|ssm)/i.test(value))
          throw validationException(
            'Filters for common parameters can\'t be prefixed with "aws" or "ssm" (case-insensitive). When using global parameters, please specify within a global namespace.',
          )
        checkPath(value)
      }
    return compile(key, option, values)
  })
  return (path, found) => compiled.every(passes => passes(path, found))
}

/** Compiles the older `Filters` of DescribeParameters: names begin with, types and keys equal. */
export function compileOldFilters(filters: readonly ParametersFilter[] | undefined): ParameterFilter {
  const compiled = (filters ?? []).map(({ Key: key = 'Name', Values: values = [] }) =>
    compile(key, key === 'Name' ? 'BeginsWith' : 'Equals', values),
  )
  return (path, found) => compiled.every(passes => passes(path, found))
}
