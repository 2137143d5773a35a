import type { ListExportsCommandInput, ListExportsCommandOutput } from '@aws-sdk/client-dynamodb'
import { describeExport, exportRecords } from '../exports.ts'
import { pageOf } from '../job-pages.ts'
import type { DynamoDbOperation } from '../state.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListExports.html */
export const ListExports: DynamoDbOperation<
  ListExportsCommandInput,
  Omit<ListExportsCommandOutput, '$metadata'>
> = async ({ state, account, region }, input) => {
  const all = await state.store.read(reader =>
    [...exportRecords.under(reader, account, region)].map(([, one]) => one),
  )
  const wanted = all.filter(one => input.TableArn === undefined || one.tableArn === input.TableArn)
  const { page, next } = pageOf(wanted, input.NextToken, input.MaxResults ?? 25)
  return {
    ExportSummaries: page.map(record => {
      const { ExportArn, ExportStatus, ExportType } = describeExport(record, state.jobs.has(record.arn))
      return { ExportArn, ExportStatus, ExportType }
    }),
    ...(next === undefined ? {} : { NextToken: next }),
  }
}
