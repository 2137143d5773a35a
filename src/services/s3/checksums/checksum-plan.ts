import { invalidRequest } from '../errors.ts'
import type { S3Context } from '../state.ts'
import { type ChecksumAlgorithm, checksumAlgorithms, isChecksumValue } from './algorithm.ts'

/** Which checksum a body gets, and what it has to be. */
export interface ChecksumPlan {
  readonly algorithm: ChecksumAlgorithm | undefined
  /** What is kept, where that is another than what came with the body. */
  readonly kept?: ChecksumAlgorithm | undefined
  /** Whether the body is a part, which S3 words one refusal differently for. */
  readonly ofPart?: true
  /** Base64; asked once the body has been read, for a trailer comes last. */
  expected(): string | undefined
}

const prefix = 'x-amz-checksum-'
const notValues: ReadonlySet<string> = new Set(['algorithm', 'type', 'mode'])

/** The algorithm that a text names, in any case. */
export function algorithmNamed(text: string | undefined): ChecksumAlgorithm | undefined {
  const upper = text?.toUpperCase()
  return checksumAlgorithms.find(algorithm => algorithm === upper)
}

export const unsupportedAlgorithm = () =>
  invalidRequest(
    `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${checksumAlgorithms.join(', ')}]`,
  )

const multiple = () =>
  invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.')

/**
 * Reads which checksum came with a body: a header, or the name of a trailer. With none S3 adds CRC64NVME.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export function checksumPlan(
  { http }: Pick<S3Context, 'http'>,
  otherwise: ChecksumAlgorithm | undefined = 'CRC64NVME',
): ChecksumPlan {
  const { headers } = http
  const given = Object.keys(headers).filter(
    name => name.startsWith(prefix) && !notValues.has(name.slice(prefix.length)),
  )
  if (given.length > 1) throw multiple()
  const [header] = given
  if (header !== undefined) {
    const algorithm = algorithmNamed(header.slice(prefix.length))
    const value = headers[header] ?? ''
    // Algorithms that came after these five are taken on trust: the body is verified by others as well.
    if (algorithm === undefined) return { algorithm: otherwise, expected: () => undefined }
    const announced = headers['x-amz-sdk-checksum-algorithm']
    if (
      !isChecksumValue(algorithm, value) ||
      (announced !== undefined &&
        algorithmNamed(announced) !== algorithm &&
        algorithmNamed(announced) !== undefined)
    )
      throw invalidRequest(`Value for ${header} header is invalid.`)
    return { algorithm, expected: () => value }
  }
  const trailers = (headers['x-amz-trailer'] ?? '')
    .split(',')
    .map(name => name.trim().toLowerCase())
    .filter(name => name.startsWith(prefix))
  if (trailers.length > 1) throw multiple()
  const [trailer] = trailers
  const algorithm = algorithmNamed(trailer?.slice(prefix.length))
  if (trailer === undefined || algorithm === undefined)
    return { algorithm: otherwise, expected: () => undefined }
  return {
    algorithm,
    expected() {
      const value = http.trailers?.[trailer]
      if (value !== undefined && !isChecksumValue(algorithm, value))
        throw invalidRequest(`Value for ${trailer} trailing header is invalid.`)
      return value
    },
  }
}

/** Whether a checksum came with the request at all, as a header or a trailer. */
export function checksumGiven({ http }: Pick<S3Context, 'http'>): boolean {
  const { headers } = http
  return (
    (headers['x-amz-trailer'] ?? '').toLowerCase().includes(prefix) ||
    Object.keys(headers).some(name => name.startsWith(prefix) && !notValues.has(name.slice(prefix.length)))
  )
}
