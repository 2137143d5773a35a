import type { Config } from '../config/index.ts'
import type { ClientConfig } from './opened.ts'

/** What SDK clients are given: the first configured credentials, the door, path style. */
export function clientConfigOf(
  { credentials, region }: Pick<Config, 'credentials' | 'region'>,
  endpoint: string,
): ClientConfig {
  const { accessKeyId = 'test', secretAccessKey = 'test' } = credentials[0] ?? {}
  return {
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    disableHostPrefix: true,
  }
}
