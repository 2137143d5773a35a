/** Text and JSON records both begin with this. */
const marker = 0xa55a
const headerLength = 16

/**
 * Reads the records that runtimes write to `_LAMBDA_TELEMETRY_LOG_FD`: type, length, microseconds since 1970, text.
 * The format is described in the sources of AWS's runtime interface clients
 * (https://github.com/aws/aws-lambda-python-runtime-interface-client/blob/main/awslambdaric/bootstrap.py).
 */
export function telemetryReader(
  onRecord: (text: string, time: number | undefined) => void,
): (chunk: Buffer) => void {
  let parts: Buffer[] = []
  let size = 0
  let wanted = headerLength
  const keep = (bytes: Buffer): void => {
    parts = bytes.length === 0 ? [] : [bytes]
    size = bytes.length
    wanted = bytes.length < headerLength ? headerLength : headerLength + bytes.readUInt32BE(4)
  }
  return chunk => {
    parts.push(chunk)
    size += chunk.length
    if (size < wanted) return
    let bytes = parts.length === 1 ? chunk : Buffer.concat(parts, size)
    while (bytes.length >= headerLength) {
      if (bytes.readUInt16BE(0) !== marker) {
        // No record, so somebody else wrote it; it is shown as it is.
        onRecord(bytes.toString(), undefined)
        bytes = bytes.subarray(bytes.length)
        break
      }
      const end = headerLength + bytes.readUInt32BE(4)
      if (bytes.length < end) break
      const text = bytes.toString('utf8', headerLength, end)
      onRecord(text.endsWith('\n') ? text : `${text}\n`, Number(bytes.readBigInt64BE(8) / 1000n))
      bytes = bytes.subarray(end)
    }
    keep(bytes)
  }
}
