import type * as Iam from '@aws-sdk/client-iam'
import type { OidcProviderRecord } from '../../../aws/index.ts'
import type { Reader, Writer } from '../../../stores/index.ts'
import { alreadyExists, invalidInput, limitExceeded, noSuchEntity } from '../errors.ts'
import { page } from '../pages.ts'
import { tagsShape } from '../shapes.ts'
import { type IamContext, type Operation, present, read, tables, write } from '../state.ts'
import { addTags, removeTags } from '../tags.ts'

const clientIdLimit = 100

function providerOf(reader: Reader, { account }: IamContext, arn: string | undefined): OidcProviderRecord {
  const provider = tables.oidcProviders.get(reader, account, arn ?? '')
  if (provider === undefined) throw noSuchEntity(`OpenIDConnect Provider not found for arn ${arn}`)
  return provider
}

function change(
  context: IamContext,
  arn: string | undefined,
  changes: (before: OidcProviderRecord) => OidcProviderRecord,
): Promise<undefined> {
  return write(context, (writer: Writer) => {
    const before = providerOf(writer, context, arn)
    tables.oidcProviders.put(writer, changes(before), context.account, before.arn)
    return undefined
  })
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html */
export const CreateOpenIDConnectProvider: Operation<
  Iam.CreateOpenIDConnectProviderRequest,
  Iam.CreateOpenIDConnectProviderResponse
> = (context, input) => {
  const match = /^https:\/\/([^/?#]+[^?#]*?)\/?$/.exec(input.Url ?? '')
  if (match === null) throw invalidInput('Invalid Open ID Connect Provider URL')
  const url = match[1] as string
  const arn = `arn:aws:iam::${context.account}:oidc-provider/${url}`
  return write(context, writer => {
    if (tables.oidcProviders.get(writer, context.account, arn) !== undefined)
      throw alreadyExists(`Provider with url https://${url} already exists.`)
    const provider: OidcProviderRecord = {
      arn,
      url,
      clientIds: input.ClientIDList ?? [],
      thumbprints: input.ThumbprintList ?? [],
      createDate: present(context),
      tags: addTags([], input.Tags),
    }
    tables.oidcProviders.put(writer, provider, context.account, arn)
    return { OpenIDConnectProviderArn: arn, ...tagsShape(provider.tags) }
  })
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html */
export const GetOpenIDConnectProvider: Operation<
  Iam.GetOpenIDConnectProviderRequest,
  Iam.GetOpenIDConnectProviderResponse
> = (context, input) =>
  read(context, reader => {
    const provider = providerOf(reader, context, input.OpenIDConnectProviderArn)
    return {
      Url: provider.url,
      ClientIDList: [...provider.clientIds],
      ThumbprintList: [...provider.thumbprints],
      CreateDate: new Date(provider.createDate),
      ...tagsShape(provider.tags),
    }
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html */
export const ListOpenIDConnectProviders: Operation<
  Iam.ListOpenIDConnectProvidersRequest,
  Iam.ListOpenIDConnectProvidersResponse
> = context =>
  read(context, reader => ({
    OpenIDConnectProviderList: [...tables.oidcProviders.under(reader, context.account)].map(
      ([, { arn }]) => ({
        Arn: arn,
      }),
    ),
  }))

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html */
export const DeleteOpenIDConnectProvider: Operation<Iam.DeleteOpenIDConnectProviderRequest, undefined> = (
  context,
  input,
) =>
  write(context, writer => {
    const { arn } = providerOf(writer, context, input.OpenIDConnectProviderArn)
    tables.oidcProviders.remove(writer, context.account, arn)
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html */
export const AddClientIDToOpenIDConnectProvider: Operation<
  Iam.AddClientIDToOpenIDConnectProviderRequest,
  undefined
> = (context, input) =>
  change(context, input.OpenIDConnectProviderArn, provider => {
    const clientIds = [...new Set([...provider.clientIds, input.ClientID ?? ''])]
    if (clientIds.length > clientIdLimit)
      throw limitExceeded('ClientIdsPerOpenIdConnectProvider', clientIdLimit)
    return { ...provider, clientIds }
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveClientIDFromOpenIDConnectProvider.html */
export const RemoveClientIDFromOpenIDConnectProvider: Operation<
  Iam.RemoveClientIDFromOpenIDConnectProviderRequest,
  undefined
> = (context, input) =>
  change(context, input.OpenIDConnectProviderArn, provider => ({
    ...provider,
    clientIds: provider.clientIds.filter(id => id !== input.ClientID),
  }))

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateOpenIDConnectProviderThumbprint.html */
export const UpdateOpenIDConnectProviderThumbprint: Operation<
  Iam.UpdateOpenIDConnectProviderThumbprintRequest,
  undefined
> = (context, input) =>
  change(context, input.OpenIDConnectProviderArn, provider => ({
    ...provider,
    thumbprints: input.ThumbprintList ?? [],
  }))

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagOpenIDConnectProvider.html */
export const TagOpenIDConnectProvider: Operation<Iam.TagOpenIDConnectProviderRequest, undefined> = (
  context,
  input,
) =>
  change(context, input.OpenIDConnectProviderArn, provider => ({
    ...provider,
    tags: addTags(provider.tags, input.Tags),
  }))

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagOpenIDConnectProvider.html */
export const UntagOpenIDConnectProvider: Operation<Iam.UntagOpenIDConnectProviderRequest, undefined> = (
  context,
  input,
) =>
  change(context, input.OpenIDConnectProviderArn, provider => ({
    ...provider,
    tags: removeTags(provider.tags, input.TagKeys),
  }))

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviderTags.html */
export const ListOpenIDConnectProviderTags: Operation<
  Iam.ListOpenIDConnectProviderTagsRequest,
  Iam.ListOpenIDConnectProviderTagsResponse
> = (context, input) =>
  read(context, reader => {
    const { tags } = providerOf(reader, context, input.OpenIDConnectProviderArn)
    const { items, ...rest } = page(tags, tag => tag.Key, input)
    return { Tags: items, ...rest }
  })
