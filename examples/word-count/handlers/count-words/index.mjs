import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'

const s3 = new S3Client({ forcePathStyle: true })

/** Counts the words of each text that arrives in `texts` and writes them to `counts`. */
export async function handler({ Records }) {
  for (const { s3: source } of Records) {
    // Notifications spell keys as forms do: a blank is a plus.
    const key = decodeURIComponent(source.object.key.replaceAll('+', ' '))
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: source.bucket.name, Key: key }))
    const counts = {}
    for (const [word] of (await Body.transformToString()).toLowerCase().matchAll(/\p{L}+/gu))
      counts[word] = (counts[word] ?? 0) + 1
    await s3.send(
      new PutObjectCommand({
        Bucket: 'counts',
        Key: key.replace(/\.txt$/, '.json'),
        Body: JSON.stringify(counts),
        ContentType: 'application/json',
      }),
    )
  }
}
