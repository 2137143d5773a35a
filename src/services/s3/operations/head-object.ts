import { type ReadInput, type ReadOutput, readObject } from '../objects/read-object.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export const HeadObject: Operation<ReadInput, ReadOutput> = (context, input) =>
  context.state.store.read(reader => readObject(reader, context, input, 'HEAD').output)
