import type { ResourcePolicy } from '@aws-sdk/client-cloudwatch-logs'
import type { ResourcePolicyRecord } from './state.ts'

/** A policy as reads answer it. */
export function resourcePolicyAnswer({ name, document, modified }: ResourcePolicyRecord): ResourcePolicy {
  return {
    policyName: name,
    policyDocument: document,
    lastUpdatedTime: modified,
    policyScope: 'ACCOUNT',
  }
}
