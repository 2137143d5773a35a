import type { GetAccountSettingsRequest, GetAccountSettingsResponse } from '@aws-sdk/client-lambda'
import { accountConcurrency, reservedBesides } from '../concurrency-limits.ts'
import { latest } from '../names.ts'
import { functions, layers, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html */
export const GetAccountSettings: Operation<
  GetAccountSettingsRequest,
  GetAccountSettingsResponse
> = async context => {
  const { state } = context
  const project = state.host.project()
  return await state.store.read(reader => {
    let size = 0
    let count = project.size
    for (const [, record] of functions.under(reader, context.account, context.region)) {
      size += record.code.size
      if (record.version === latest && !project.has(record.name)) count++
    }
    for (const [, { code, deleted }] of layers.under(reader, context.account, context.region))
      if (!deleted) size += code.size
    return {
      AccountLimit: {
        TotalCodeSize: 80_530_636_800,
        CodeSizeUnzipped: 262_144_000,
        CodeSizeZipped: 52_428_800,
        ConcurrentExecutions: accountConcurrency,
        UnreservedConcurrentExecutions: accountConcurrency - reservedBesides(reader, context),
      },
      AccountUsage: { TotalCodeSize: size, FunctionCount: count },
    }
  })
}
