import { Buffer } from 'node:buffer'
import type { UpdateTimeToLiveCommandInput, UpdateTimeToLiveCommandOutput } from '@aws-sdk/client-dynamodb'
import { tableNotFound, validationException } from '../errors.ts'
import { keyOf } from '../items.ts'
import { type DynamoDbOperation, findTable, tableRecordKey, tableRecords } from '../state.ts'
import { compileTable } from '../table-record.ts'
import { fillExpiries, removeExpiries } from '../time-to-live.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html */
export const UpdateTimeToLive: DynamoDbOperation<
  UpdateTimeToLiveCommandInput,
  Omit<UpdateTimeToLiveCommandOutput, '$metadata'>
> = async (context, input) => {
  const name = input.TableName ?? ''
  const { Enabled: isEnabled = false, AttributeName: attribute = '' } = input.TimeToLiveSpecification ?? {}
  await context.state.store.transaction(writer => {
    const found = findTable(writer, context, name)
    if (found === undefined) throw tableNotFound(name)
    const current = found.record.timeToLive
    if ((current?.isEnabled ?? false) === isEnabled) {
      throw validationException(`TimeToLive is already ${isEnabled ? 'enabled' : 'disabled'}`)
    }
    if (!isEnabled && current?.attribute !== attribute) {
      throw validationException(
        `TimeToLive is active on a different AttributeName: current AttributeName is ${current?.attribute}`,
      )
    }
    const record = { ...found.record, timeToLive: { attribute, isEnabled } }
    writer.put(tableRecords, tableRecordKey(context, name), Buffer.from(JSON.stringify(record)))
    const table = compileTable(record)
    if (isEnabled) fillExpiries(writer, table, item => keyOf(table, item))
    else removeExpiries(writer, table)
  })
  context.state.expiry.look()
  return { TimeToLiveSpecification: { Enabled: isEnabled, AttributeName: attribute } }
}
