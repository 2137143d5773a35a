import { Buffer } from 'node:buffer'
import { hash } from 'node:crypto'
import { validationException } from '../errors.ts'
import type { SelectPosition } from './select-items.ts'

/** A request whose answers come in pages. */
interface Paged {
  readonly Statement?: string | undefined
  readonly Parameters?: unknown
  readonly NextToken?: string | undefined
}

/** Writes a position as an opaque token, which goes on with the same statement only. */
export function formatNextToken(position: SelectPosition, request: Paged): string {
  const text = JSON.stringify(position)
  return Buffer.from(`${seal(text, request)}${text}`).toString('base64')
}

/** Reads a request's token, or throws what DynamoDB answers to one that is not its own. */
export function parseNextToken(request: Paged): SelectPosition {
  if (request.NextToken === undefined) return { part: 0 }
  const token = Buffer.from(request.NextToken, 'base64').toString()
  const text = token.slice(sealLength)
  if (token.slice(0, sealLength) === seal(text, request)) return JSON.parse(text) as SelectPosition
  throw validationException('Invalid NextToken')
}

const sealLength = 32

const seal = (position: string, { Statement, Parameters }: Paged): string =>
  hash('md5', JSON.stringify([position, Statement, Parameters]))
