import type { AccessRequest } from '../../../aws/index.ts'
import { accessDenied } from '../errors.ts'
import { type FormInput, signedForm } from '../forms/signed-form.ts'
import { parseCopySource } from '../objects/copy-source.ts'
import * as operations from '../operations/index.ts'
import { after, type S3Context } from '../state.ts'
import { actionOf } from './actions.ts'
import { deletionAccess } from './deletion-access.ts'
import { type Conditions, type Rule, requestAccess } from './request-access.ts'
import { writeConditions } from './write-conditions.ts'

interface Named {
  readonly Bucket?: string
  readonly Key?: string
  readonly VersionId?: string
  readonly CopySource?: string
  readonly ACL?: string
  readonly Tagging?: unknown
  readonly Prefix?: string
  readonly Delimiter?: string
  readonly MaxKeys?: number
  readonly BypassGovernanceRetention?: boolean
  readonly ExpectedBucketOwner?: string
}

/** Operations on the bucket as a whole need their own action on it. */
const onBucket =
  (operation: string): Rule =>
  (context, { Bucket, Prefix, Delimiter, MaxKeys }: Named) => {
    if (Bucket === undefined) return [{ action: actionOf(operation), resources: ['*'] }]
    const ofWrite = writeConditions(context)
    const conditions = (): Conditions => ({
      ...ofWrite(),
      ...(Prefix === undefined ? {} : { 's3:prefix': Prefix }),
      ...(Delimiter === undefined ? {} : { 's3:delimiter': Delimiter }),
      ...(MaxKeys === undefined ? {} : { 's3:max-keys': MaxKeys }),
    })
    return after(
      requestAccess(context, { action: actionOf(operation), bucket: Bucket, conditions }),
      access => [access],
    )
  }

/** Operations on an object or on one of its versions, whose actions have names of their own. */
const onObject =
  (action: string, ofVersion: string, reads: boolean): Rule =>
  (context, { Bucket, Key, VersionId }: Named) => {
    const ofWrite = writeConditions(context)
    const wanted = {
      action: `s3:${VersionId === undefined ? action : ofVersion}`,
      bucket: Bucket,
      key: Key,
      version: VersionId,
      reads,
      conditions: () => (VersionId === undefined ? ofWrite() : { ...ofWrite(), 's3:VersionId': VersionId }),
    }
    return after(requestAccess(context, wanted), access => [access])
  }

const writing: Rule = (context, input: Named) => writeAccess(context, input)

function writeAccess(
  context: S3Context,
  { Bucket, Key, ACL, Tagging }: Named,
): AccessRequest[] | Promise<AccessRequest[]> {
  const wanted = { bucket: Bucket, key: Key, conditions: writeConditions(context) }
  return after(requestAccess(context, { action: 's3:PutObject', ...wanted }), put => {
    const more: string[] = []
    if (put.resourceAccount === context.principal.account) {
      if (ACL !== undefined) more.push('s3:PutObjectAcl')
      if (Tagging !== undefined) more.push('s3:PutObjectTagging')
    }
    if (more.length === 0) return [put]
    return Promise.all([put, ...more.map(action => requestAccess(context, { action, ...wanted }))])
  })
}

/** A copy reads its source and writes its target. */
const copying: Rule = async (context, input: Named) => {
  const { bucket, key, version } = parseCopySource(input.CopySource)
  const read = await requestAccess(context, {
    action: version === undefined ? 's3:GetObject' : 's3:GetObjectVersion',
    bucket,
    key,
    version,
    reads: true,
  })
  return [read, ...(await writeAccess(context, input))]
}

const deleting: Rule = async (context, { Bucket, Key, VersionId, BypassGovernanceRetention }: Named) =>
  await deletionAccess(context, {
    bucket: Bucket,
    key: Key,
    version: VersionId,
    bypass: BypassGovernanceRetention,
  })

const putRetention = onObject('PutObjectRetention', 'PutObjectRetention', true)

/** Passing over a retention needs a permission of its own. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html */
const retaining: Rule = async (context, input: Named) => {
  const put = await putRetention(context, input as never)
  if (!input.BypassGovernanceRetention) return put
  const wanted = { bucket: input.Bucket, key: input.Key, version: input.VersionId }
  return [...put, await requestAccess(context, { action: 's3:BypassGovernanceRetention', ...wanted })]
}

/** Each key is asked about for itself, by the operation: one that is refused stops none of the others. */
const deletingMany: Rule = () => []

/** Who signed a form is found out by reading it. */
const posting: Rule = async (context, input: FormInput) => {
  // The operation refuses by name what no engine is given; nobody has to be asked for it.
  if (context.state.engine !== undefined) return []
  const { principal, key } = await signedForm(context, input)
  const wanted = { action: 's3:PutObject', bucket: input.Bucket, key }
  return [{ ...(await requestAccess({ state: context.state, principal }, wanted)), principal }]
}

/** Nobody owns a bucket that is still to be made. */
const creating: Rule = (context, { Bucket }: Named) => [
  {
    action: 's3:CreateBucket',
    resources: [`arn:aws:s3:::${Bucket ?? ''}`],
    conditions: writeConditions(context)(),
  },
]

const particular: Readonly<Record<string, Rule>> = {
  AbortMultipartUpload: onObject('AbortMultipartUpload', 'AbortMultipartUpload', false),
  CompleteMultipartUpload: writing,
  CopyObject: copying,
  CreateBucket: creating,
  CreateMultipartUpload: writing,
  DeleteObject: deleting,
  DeleteObjects: deletingMany,
  DeleteObjectTagging: onObject('DeleteObjectTagging', 'DeleteObjectVersionTagging', true),
  GetObject: onObject('GetObject', 'GetObjectVersion', true),
  GetObjectAcl: onObject('GetObjectAcl', 'GetObjectVersionAcl', true),
  GetObjectAttributes: onObject('GetObjectAttributes', 'GetObjectVersionAttributes', true),
  GetObjectLegalHold: onObject('GetObjectLegalHold', 'GetObjectLegalHold', true),
  GetObjectRetention: onObject('GetObjectRetention', 'GetObjectRetention', true),
  GetObjectTagging: onObject('GetObjectTagging', 'GetObjectVersionTagging', true),
  GetObjectTorrent: onObject('GetObjectTorrent', 'GetObjectVersionTorrent', true),
  HeadObject: onObject('GetObject', 'GetObjectVersion', true),
  ListParts: onObject('ListMultipartUploadParts', 'ListMultipartUploadParts', false),
  PostObject: posting,
  PutObject: writing,
  PutObjectAcl: onObject('PutObjectAcl', 'PutObjectVersionAcl', true),
  PutObjectLegalHold: onObject('PutObjectLegalHold', 'PutObjectLegalHold', true),
  PutObjectRetention: retaining,
  PutObjectTagging: onObject('PutObjectTagging', 'PutObjectVersionTagging', true),
  RestoreObject: onObject('RestoreObject', 'RestoreObject', true),
  UploadPart: writing,
  UploadPartCopy: copying,
}

/** What each operation needs. */
export const access: Readonly<Record<string, Rule>> = Object.fromEntries(
  Object.keys(operations).map(name => [name, ofStrangers(particular[name] ?? onBucket(name))]),
)

/** Who is nobody is told nothing about owners, not even that what they expect is no account. */
function ofStrangers(rule: Rule): Rule {
  return (context, input: Named) => {
    const expected = input.ExpectedBucketOwner
    if (context.principal.kind === 'anonymous' && expected !== undefined && !/^\d{12}$/.test(expected))
      throw accessDenied()
    return rule(context, input as never)
  }
}
