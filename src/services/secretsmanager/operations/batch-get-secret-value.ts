import type { BatchGetSecretValueRequest, BatchGetSecretValueResponse } from '@aws-sdk/client-secrets-manager'
import { AwsError } from '../../../aws/index.ts'
import { noteAccess } from '../accessed.ts'
import { invalidParameter } from '../errors.ts'
import { pageOfSecrets } from '../list-secrets-page.ts'
import { type FoundValue, findValue, valueAnswer } from '../read-value.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html */
export const BatchGetSecretValue: Operation<BatchGetSecretValueRequest, BatchGetSecretValueResponse> = async (
  context,
  input,
) => {
  const { SecretIdList: list, Filters: filters, MaxResults: limit, NextToken: token } = input
  if ((list?.length ?? 0) > 0 === (filters?.length ?? 0) > 0)
    throw invalidParameter("Either 'SecretIdList' or 'Filters' must be provided, but not both.")
  if (list?.length && (limit !== undefined || token !== undefined))
    throw invalidParameter(
      "'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is provided.",
    )
  const outcome = await context.state.store.read(reader => {
    const page = filters?.length
      ? pageOfSecrets(reader, context, { Filters: filters, NextToken: token }, limit ?? 20)
      : undefined
    const found: FoundValue[] = []
    const failed: { SecretId: string; ErrorCode: string; Message: string }[] = []
    for (const id of page?.page.map(({ arn }) => arn) ?? list ?? []) {
      try {
        found.push(findValue(reader, { SecretId: id }, context))
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        failed.push({ SecretId: id, ErrorCode: error.code, Message: error.message })
      }
    }
    return { found, failed, next: page?.next }
  })
  await noteAccess(context.state, outcome.found, context.now)
  return {
    SecretValues: outcome.found.map(valueAnswer),
    Errors: outcome.failed,
    ...(outcome.next === undefined ? {} : { NextToken: outcome.next }),
  }
}
