import type { GetObjectTorrentCommandInput } from '@aws-sdk/client-s3'
import { noSuchKey } from '../errors.ts'
import { selectObject } from '../objects/select-object.ts'
import type { Operation } from '../state.ts'

/** S3 makes no torrents any more (since April 2022), so there is none of any key (assumed). https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTorrent.html */
export const GetObjectTorrent: Operation<GetObjectTorrentCommandInput, never> = ({ state }, input) =>
  state.store.read(reader => {
    throw noSuchKey(selectObject(reader, input).key)
  })
