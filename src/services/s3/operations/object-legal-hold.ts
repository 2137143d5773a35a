import type { GetObjectLegalHoldCommandInput, PutObjectLegalHoldCommandInput } from '@aws-sdk/client-s3'
import { change } from '../change.ts'
import { invalidRequest, malformedXml } from '../errors.ts'
import { noObjectLock } from '../objects/object-lock.ts'
import { selectObject } from '../objects/select-object.ts'
import { revise } from '../replication/revise.ts'
import type { Operation } from '../state.ts'

const missing = () => invalidRequest('Bucket is missing Object Lock Configuration')

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLegalHold.html */
export const GetObjectLegalHold: Operation<
  GetObjectLegalHoldCommandInput,
  { LegalHold: { Status: 'ON' | 'OFF' } }
> = ({ state }, input) =>
  state.store.read(reader => {
    const { bucket, record } = selectObject(reader, input)
    if (!bucket.objectLock) throw missing()
    if (record.legalHold === undefined) throw noObjectLock()
    return { LegalHold: { Status: record.legalHold ? 'ON' : 'OFF' } }
  })

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLegalHold.html */
export const PutObjectLegalHold: Operation<PutObjectLegalHoldCommandInput, object> = (context, input) =>
  change(context, change => {
    const status = input.LegalHold?.Status
    const { bucket, key, record } = selectObject(change.writer, input, 'PUT')
    if (status === undefined) throw malformedXml()
    if (!bucket.objectLock) throw missing()
    if (status !== 'ON' && status !== 'OFF') throw malformedXml()
    revise(change, bucket, key, { ...record, legalHold: status === 'ON' })
    return {}
  })
