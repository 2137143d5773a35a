import { invalidObjectState } from '../errors.ts'
import { openBody, planBody } from '../objects/open-body.ts'
import { type ReadInput, type ReadOutput, readObject } from '../objects/read-object.ts'
import { isArchived } from '../objects/storage-class.ts'
import { after, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export const GetObject: Operation<ReadInput, ReadOutput & { Body: unknown }> = (context, input) => {
  const { state } = context
  const found = state.store.read(reader => {
    const read = readObject(reader, context, input, 'GET')
    const { storageClass, restoredUntil } = read.record
    if (isArchived(storageClass) && !(restoredUntil !== undefined && restoredUntil > context.now))
      throw invalidObjectState(storageClass ?? '')
    return { output: read.output, plan: planBody(reader, read.record, read.span) }
  })
  return after(found, ({ output, plan }) => after(openBody(state, plan), Body => ({ ...output, Body })))
}
