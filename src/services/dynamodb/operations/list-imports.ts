import type { ListImportsCommandInput, ListImportsCommandOutput } from '@aws-sdk/client-dynamodb'
import { describeImport, importRecords } from '../imports.ts'
import { pageOf } from '../job-pages.ts'
import type { DynamoDbOperation } from '../state.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListImports.html */
export const ListImports: DynamoDbOperation<
  ListImportsCommandInput,
  Omit<ListImportsCommandOutput, '$metadata'>
> = async ({ state, account, region }, input) => {
  const all = await state.store.read(reader =>
    [...importRecords.under(reader, account, region)].map(([, one]) => one),
  )
  const wanted = all.filter(one => input.TableArn === undefined || one.tableArn === input.TableArn)
  const { page, next } = pageOf(wanted, input.NextToken, input.PageSize ?? 25)
  return {
    ImportSummaryList: page.map(record => {
      const { ImportArn, ImportStatus, TableArn, S3BucketSource, InputFormat, StartTime, EndTime } =
        describeImport(record, state.jobs.has(record.arn))
      return {
        ImportArn,
        ImportStatus,
        TableArn,
        S3BucketSource,
        InputFormat,
        StartTime,
        ...(EndTime === undefined ? {} : { EndTime }),
      }
    }),
    ...(next === undefined ? {} : { NextToken: next }),
  }
}
