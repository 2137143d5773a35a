/** Where an S3-compatible engine listens, and in whose name it is asked. */
export interface EngineAddress {
  readonly origin: URL
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** Reads `http://KEY:SECRET@host:port?region=eu-west-1`, key and secret percent-encoded. */
export function engineAddress(text: string, region: string): EngineAddress {
  const url = new URL(text)
  return {
    origin: new URL(url.origin),
    region: url.searchParams.get('region') ?? region,
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
  }
}
