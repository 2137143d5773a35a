import { hierarchyLevelLimitExceeded, validationException } from './errors.ts'
import type { Scope } from './state.ts'

/** A parameter as a caller names it: by name or ARN, with an optional `:version` or `:label`. */
export interface Reference extends Scope {
  /** As the caller wrote it, without selector. */
  readonly name: string
  /** The key of the tables: always with a leading slash, so that `x` and `/x`, whose ARNs are equal, are one. */
  readonly path: string
  /** Version number or label. */
  readonly selector?: string
  /** Set when it was named by ARN. */
  readonly arn?: string
}

const arnPattern = /^arn:[^:]+:ssm:([^:]*):(\d{12}):parameter(\/[^:]*)(?::(.+))?$/

/** The tables' key for a name. */
export const pathOf = (name: string): string => (name.startsWith('/') ? name : `/${name}`)

/** Reads `name`, `name:3`, `name:label`, or an ARN with or without such an ending. */
export function parseReference(text: string, scope: Scope): Reference {
  const arn = arnPattern.exec(text)
  if (arn !== null) {
    const [, region = '', account = '', path = '', selector] = arn
    const name = path.lastIndexOf('/') === 0 ? path.slice(1) : path
    const plain = selector === undefined ? text : text.slice(0, -selector.length - 1)
    const reference = { account, region, name, path, arn: plain }
    return selector === undefined ? reference : { ...reference, selector }
  }
  const colon = text.indexOf(':')
  const name = colon === -1 ? text : text.slice(0, colon)
  const { account, region } = scope
  const reference = { account, region, name, path: pathOf(name) }
  return colon === -1 ? reference : { ...reference, selector: text.slice(colon + 1) }
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}

/** The ARN of a parameter. */
export const arnOf = ({ account, region }: Scope, path: string): string =>
  `arn:${partitionOf(region)}:ssm:${region}:${account}:parameter${path}`

const namePattern = /^[a-zA-Z0-9_.\-/]+$/
const badName =
  'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_'

/**
 * Checks the name of a new parameter; answers whether AWS itself would refuse it for its prefix.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
 */
export function checkNewName(name: string, scope: Scope): { readonly reserved: boolean } {
  if (name.startsWith('arn:')) throw validationException(badName)
  const isPath = name.startsWith('/')
  if (!isPath && /^(aws|ssm)/i.test(name))
    throw validationException('Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).')
  if (!namePattern.test(name) || name.includes('//') || name.endsWith('/')) throw validationException(badName)
  if (!isPath && name.includes('/'))
    throw validationException('Parameter name must be a fully qualified name.')
  if (pathOf(name).split('/').length - 1 > 15) throw hierarchyLevelLimitExceeded()
  // The name's limit counts the whole ARN: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
  if (arnOf(scope, pathOf(name)).length > 1011)
    throw validationException('Parameter name: the maximum length is 1011 characters, including the ARN.')
  return { reserved: isPath && /^\/(aws|ssm)/i.test(name) }
}

/** Checks a path to list: GetParametersByPath, and the Path filter of DescribeParameters. */
export function checkPath(path: string): void {
  if (!path.startsWith('/') || path.includes('//') || !namePattern.test(path))
    throw validationException(
      'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.',
    )
}
