/** Hosts of S3 that carry a bucket in front: `b.s3.localhost`, `b.s3.eu-west-1.amazonaws.com`, `b.s3.localhost.localstack.cloud`. */
const virtualHost =
  /^(.+)\.s3[.-](?:[a-z0-9-]+\.)*(?:localhost|amazonaws\.com(?:\.cn)?|[a-z0-9-]+(?:\.[a-z0-9-]+)*)$/

/** Hosts of services, which are no buckets: `s3.localhost`, `lambda.localhost`. */
const services =
  /^(?:s3|sqs|sns|sts|iam|lambda|dynamodb|ssm|kms|events|logs|monitoring|email|execute-api|aws)$/

/** The path with the bucket in it: path style as it is, virtual-host style with the host's bucket in front. */
export function s3Path(path: string, host: string | undefined): string {
  const bucket = bucketOfHost(host)
  return bucket === undefined ? path : `/${bucket}${path}`
}

/** The bucket that a `Host` header names, undefined for path style. */
export function bucketOfHost(host: string | undefined): string | undefined {
  const name = (host ?? '').replace(/:\d+$/, '').toLowerCase()
  if (name === '' || name.startsWith('[') || /^\d+(?:\.\d+){3}$/.test(name)) return undefined
  const virtual = virtualHost.exec(name)
  if (virtual !== null) return virtual[1]
  const plain = /^(.+)\.localhost$/.exec(name)?.[1]
  return plain?.split('.').some(label => services.test(label)) === true ? undefined : plain
}
