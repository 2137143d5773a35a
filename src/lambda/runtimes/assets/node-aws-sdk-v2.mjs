// AWS SDK for JavaScript v2 never reads AWS_ENDPOINT_URL (not even 2.1693.0), so its global configuration is pointed
// at the simulator when a function loads it. S3 needs paths instead of host names, for those do not resolve here.
import { Module } from 'node:module'
import { join } from 'node:path'

/** @typedef {{ config?: { update(options: Record<string, unknown>): void }, SharedIniFileCredentials?: unknown }} SdkVersion2 */

const SDK_FILE =
  /[\\/]node_modules[\\/]aws-sdk[\\/](?:index|global|lib[\\/](?:aws|core|node_loader)|clients[\\/][a-z0-9]+)(?:\.js)?$/

const loader =
  /** @type {{ _load(request: string, parent: unknown, isMain: boolean): unknown, _resolveFilename(request: string, parent: unknown): string }} */ (
    /** @type {unknown} */ (Module)
  )

/** Called once the function's environment is known. */
export function redirectSdkVersion2() {
  const endpoint = process.env['AWS_ENDPOINT_URL']
  if (endpoint === undefined) return
  const load = loader._load
  let done = false
  loader._load = function (request, parent, isMain) {
    const loaded = load.call(this, request, parent, isMain)
    if (done || !request.includes('aws-sdk')) return loaded
    const file = request.startsWith('aws-sdk') ? loader._resolveFilename(request, parent) : request
    if (!SDK_FILE.test(file)) return loaded
    const sdk = /** @type {SdkVersion2} */ (
      load.call(this, join(file.slice(0, file.lastIndexOf('aws-sdk')), 'aws-sdk', 'global'), parent, false)
    )
    if (typeof sdk.config?.update === 'function') {
      done = true
      sdk.config.update({ endpoint, s3ForcePathStyle: true })
    }
    return loaded
  }
}
