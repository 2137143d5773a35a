import { AwsError } from '../../../aws/index.ts'
import type { Bytes } from '../../../stores/index.ts'
import { invalidArgument, preconditionFailed } from '../errors.ts'

/** A browser's form up to its file, which follows as a stream. */
export interface Form {
  /** Names in lower case; the first of several counts. */
  readonly fields: Readonly<Record<string, string>>
  /** The names as they were written, for the policy's messages. */
  readonly filename: string | undefined
  readonly fileType: string | undefined
  readonly file: AsyncIterable<Bytes>
}

/** What stands before the file has 20 KB at most. https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html */
const longestHead = 20_000

const wrongType = () => preconditionFailed('Bucket POST must be of the enclosure-type multipart/form-data')

const malformed = (): AwsError =>
  new AwsError(
    'MalformedPOSTRequest',
    'The body of your POST request is not well-formed multipart/form-data.',
    { statusCode: 400 },
  )

/** Bytes that wait to be read, filled from a stream as they are needed. */
interface Window {
  bytes: Buffer
  /** Answers false at the end of the stream. */
  more(): Promise<boolean>
}

function windowOf(source: AsyncIterable<Bytes>): Window {
  const iterator = source[Symbol.asyncIterator]()
  return {
    bytes: Buffer.alloc(0),
    async more() {
      const next = await iterator.next()
      if (next.done) return false
      this.bytes = this.bytes.length === 0 ? Buffer.from(next.value) : Buffer.concat([this.bytes, next.value])
      return true
    },
  }
}

/** Takes everything before `mark`, and the mark; undefined where it does not come within `limit` bytes. */
async function take(window: Window, mark: Buffer, limit: number): Promise<Buffer | undefined> {
  for (;;) {
    const at = window.bytes.indexOf(mark)
    if (at >= 0) {
      const taken = window.bytes.subarray(0, at)
      window.bytes = window.bytes.subarray(at + mark.length)
      return taken
    }
    if (window.bytes.length > limit || !(await window.more())) return undefined
  }
}

/** Passes on what comes before `mark`, holding back only what could be its beginning. */
async function* until(window: Window, mark: Buffer): AsyncIterable<Bytes> {
  for (;;) {
    const at = window.bytes.indexOf(mark)
    if (at >= 0) {
      if (at > 0) yield window.bytes.subarray(0, at)
      // What follows the file is ignored, but read, so that the client is heard out.
      window.bytes = Buffer.alloc(0)
      while (await window.more()) window.bytes = Buffer.alloc(0)
      return
    }
    const safe = window.bytes.length - mark.length + 1
    if (safe > 0) {
      yield window.bytes.subarray(0, safe)
      window.bytes = window.bytes.subarray(safe)
    }
    if (!(await window.more())) throw malformed()
  }
}

function parameter(header: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|[;\\s])${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'i').exec(
    header,
  )
  return match === null ? undefined : (match[1]?.replace(/\\(["\\])/g, '$1') ?? match[2])
}

/** Reads a form's fields; the file is read by whoever takes it. */
export async function readForm(contentType: string | undefined, body: AsyncIterable<Bytes>): Promise<Form> {
  const boundary = parameter(contentType ?? '', 'boundary')
  if (!/^multipart\/form-data\b/i.test(contentType ?? '') || boundary === undefined) throw wrongType()
  const window = windowOf(body)
  const mark = Buffer.from(`\r\n--${boundary}`)
  // The first boundary has no line before it; with one, all are alike.
  window.bytes = Buffer.from('\r\n')
  if ((await take(window, mark, longestHead)) === undefined) throw malformed()
  const fields: Record<string, string> = Object.create(null)
  let left = longestHead
  for (;;) {
    const head = (await take(window, Buffer.from('\r\n\r\n'), left))?.toString('utf8')
    if (head === undefined || /^--/.test(head)) break
    const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? ''
    const name = parameter(disposition, 'name')?.toLowerCase()
    if (name === 'file')
      return {
        fields,
        filename: parameter(disposition, 'filename')?.replace(/^.*[\\/]/, ''),
        fileType: /^content-type:\s*(.*)$/im.exec(head)?.[1]?.trim(),
        file: until(window, mark),
      }
    const value = await take(window, mark, left)
    if (value === undefined || name === undefined) throw tooLongOrMalformed(left)
    left -= head.length + value.length
    if (left < 0) throw tooLongOrMalformed(left)
    fields[name] ??= value.toString('utf8')
  }
  throw invalidArgument('POST requires exactly one file upload per request.', 'file', '0')
}

function tooLongOrMalformed(left: number): AwsError {
  if (left >= 0) return malformed()
  return new AwsError(
    'MaxPostPreDataLengthExceeded',
    'Your POST request fields preceding the upload file were too large.',
    { statusCode: 400, detail: { MaxPostPreDataLengthBytes: longestHead } },
  )
}
