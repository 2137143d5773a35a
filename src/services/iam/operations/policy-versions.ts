import type * as Iam from '@aws-sdk/client-iam'
import type { PolicyRecord, PolicyVersionRecord } from '../../../aws/index.ts'
import { checkedDocument, documentSize } from '../documents.ts'
import { deleteConflict, limitExceeded, noSuchEntity, quotaReached } from '../errors.ts'
import { ownPolicy, requiredPolicy } from '../managed-policies.ts'
import { page } from '../pages.ts'
import { encodeDocument } from '../shapes.ts'
import { type Operation, present, read, tables, write } from '../state.ts'

const perPolicy = 5
const policyLimit = 6144

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html */
export const CreatePolicyVersion: Operation<
  Iam.CreatePolicyVersionRequest,
  Iam.CreatePolicyVersionResponse
> = (context, input) => {
  const document = checkedDocument(input.PolicyDocument, 'identity')
  if (documentSize(document) > policyLimit) throw limitExceeded('PolicySize', policyLimit)
  return write(context, writer => {
    const policy = ownPolicy(writer, context, input.PolicyArn ?? '')
    if (policy.versions.length >= perPolicy)
      throw quotaReached(
        `A managed policy can have up to ${perPolicy} versions. Before you create a new version, you must delete an existing version.`,
      )
    const version = { versionId: `v${policy.nextVersion}`, document, createDate: present(context) }
    const changed: PolicyRecord = {
      ...policy,
      updateDate: present(context),
      nextVersion: policy.nextVersion + 1,
      versions: [version, ...policy.versions],
      defaultVersionId: input.SetAsDefault === true ? version.versionId : policy.defaultVersionId,
    }
    tables.policies.put(writer, changed, context.account, policy.arn)
    return { PolicyVersion: versionShape(changed, version, false) }
  })
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html */
export const GetPolicyVersion: Operation<Iam.GetPolicyVersionRequest, Iam.GetPolicyVersionResponse> = (
  context,
  input,
) =>
  read(context, reader => {
    const policy = requiredPolicy(reader, context, input.PolicyArn ?? '')
    return { PolicyVersion: versionShape(policy, versionOf(policy, input.VersionId), true) }
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html */
export const ListPolicyVersions: Operation<Iam.ListPolicyVersionsRequest, Iam.ListPolicyVersionsResponse> = (
  context,
  input,
) =>
  read(context, reader => {
    const policy = requiredPolicy(reader, context, input.PolicyArn ?? '')
    const { items, ...rest } = page(policy.versions, version => version.versionId, input)
    return { Versions: items.map(version => versionShape(policy, version, false)), ...rest }
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html */
export const SetDefaultPolicyVersion: Operation<Iam.SetDefaultPolicyVersionRequest, undefined> = (
  context,
  input,
) =>
  write(context, writer => {
    const policy = ownPolicy(writer, context, input.PolicyArn ?? '')
    const { versionId } = versionOf(policy, input.VersionId)
    const changed = { ...policy, defaultVersionId: versionId, updateDate: present(context) }
    tables.policies.put(writer, changed, context.account, policy.arn)
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html */
export const DeletePolicyVersion: Operation<Iam.DeletePolicyVersionRequest, undefined> = (context, input) =>
  write(context, writer => {
    const policy = ownPolicy(writer, context, input.PolicyArn ?? '')
    const { versionId } = versionOf(policy, input.VersionId)
    if (versionId === policy.defaultVersionId)
      throw deleteConflict('Cannot delete the default version of a policy.')
    const versions = policy.versions.filter(version => version.versionId !== versionId)
    tables.policies.put(writer, { ...policy, versions }, context.account, policy.arn)
    return undefined
  })

function versionOf(policy: PolicyRecord, id: string | undefined): PolicyVersionRecord {
  const version = policy.versions.find(({ versionId }) => versionId === id)
  if (version === undefined)
    throw noSuchEntity(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`)
  return version
}

function versionShape(
  policy: PolicyRecord,
  version: PolicyVersionRecord,
  withDocument: boolean,
): Iam.PolicyVersion {
  return {
    ...(withDocument ? { Document: encodeDocument(version.document) } : {}),
    VersionId: version.versionId,
    IsDefaultVersion: version.versionId === policy.defaultVersionId,
    CreateDate: new Date(version.createDate),
  }
}
