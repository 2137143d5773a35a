import type { CORSRule } from '@aws-sdk/client-s3'
import { invalidRequest, malformedXml } from '../errors.ts'

const methods: ReadonlySet<string> = new Set(['GET', 'PUT', 'HEAD', 'POST', 'DELETE'])

/** Refuses rules that S3 refuses. Texts recorded or from https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html */
export function checkCorsRules(rules: readonly CORSRule[] | undefined): void {
  if (rules === undefined || rules.length === 0 || rules.length > 100) throw malformedXml()
  for (const { AllowedMethods, AllowedOrigins, AllowedHeaders, ExposeHeaders } of rules) {
    if (!AllowedMethods?.length || !AllowedOrigins?.length) throw malformedXml()
    for (const method of AllowedMethods)
      if (!methods.has(method))
        throw invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${method}`)
    for (const origin of AllowedOrigins)
      if (origin.split('*').length > 2)
        throw invalidRequest(`AllowedOrigin "${origin}" can not have more than one wildcard.`)
    for (const header of AllowedHeaders ?? [])
      if (header.split('*').length > 2)
        throw invalidRequest(`AllowedHeader "${header}" can not have more than one wildcard.`)
    for (const header of ExposeHeaders ?? [])
      if (header.includes('*'))
        throw invalidRequest(
          `ExposeHeader "${header}" contains wildcard. We currently do not support wildcard for ExposeHeader.`,
        )
  }
}
