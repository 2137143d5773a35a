/** `bucket.s3-website.localhost`, and AWS's own: https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html */
const pattern =
  /^(.+)\.s3-website(?:[.-][a-z]{2}(?:-[a-z]+)+-\d+)?\.(?:localhost|amazonaws\.com(?:\.cn)?|localhost\.localstack\.cloud)$/

/** The bucket whose website a host is; undefined for other hosts. */
export function websiteBucket(host: string): string | undefined {
  return host.includes('.s3-website') ? pattern.exec(host)?.[1] : undefined
}
