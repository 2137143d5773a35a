import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { ExportRecord } from './exports.ts'
import type { Item } from './values/attribute-value.ts'

/** One object of an export. */
export interface ExportFile {
  readonly key: string
  readonly body: Buffer
}

const md5 = (body: Uint8Array): string => createHash('md5').update(body).digest('base64')

/** A file and its sister with the checksum. */
const withChecksum = (key: string, text: string): readonly ExportFile[] => {
  const body = Buffer.from(text)
  return [
    { key, body },
    { key: key.replace(/\.json$/, '.checksum'), body: Buffer.from(md5(body)) },
  ]
}

/** Where an export's files stand: `prefix/AWSDynamoDB/EXPORT-ID/`. */
export function exportFolder({ arn, prefix }: Pick<ExportRecord, 'arn' | 'prefix'>): string {
  const base = prefix === undefined || prefix === '' ? '' : `${prefix}/`
  return `${base}AWSDynamoDB/${arn.slice(arn.lastIndexOf('/') + 1)}/`
}

/** The items, one a line, packed. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html */
export function dataFile(record: ExportRecord, name: string, items: readonly Item[]): ExportFile {
  const lines = items.map(Item => `${JSON.stringify({ Item })}\n`).join('')
  return { key: `${exportFolder(record)}data/${name}.json.gz`, body: gzipSync(lines) }
}

/** The manifests, once the data is written: what is in which file, and the summary that names the former. */
export function manifestFiles(
  record: ExportRecord & { readonly endedAt: number },
  data: ExportFile & { readonly etag: string; readonly items: number },
  bytes: number,
): readonly ExportFile[] {
  const folder = exportFolder(record)
  const files = {
    itemCount: data.items,
    md5Checksum: md5(data.body),
    etag: data.etag,
    dataFileS3Key: data.key,
  }
  const time = (milliseconds: number): string => new Date(milliseconds).toISOString()
  const summary = {
    version: '2020-06-30',
    exportArn: record.arn,
    startTime: time(record.startedAt),
    endTime: time(record.endedAt),
    tableArn: record.tableArn,
    tableId: record.tableId,
    exportTime: time(record.time),
    s3Bucket: record.bucket,
    s3Prefix: record.prefix ?? null,
    s3SseAlgorithm: record.sse ?? 'AES256',
    s3SseKmsKeyId: record.sseKey ?? null,
    manifestFilesS3Key: `${folder}manifest-files.json`,
    billedSizeBytes: bytes,
    itemCount: data.items,
    outputFormat: 'DYNAMODB_JSON',
  }
  return [
    ...withChecksum(`${folder}manifest-files.json`, `${JSON.stringify(files)}\n`),
    ...withChecksum(`${folder}manifest-summary.json`, JSON.stringify(summary)),
  ]
}
