export { DescribeStream } from './describe-stream.ts'
export { GetRecords } from './get-records.ts'
export { GetShardIterator } from './get-shard-iterator.ts'
export { ListStreams } from './list-streams.ts'
