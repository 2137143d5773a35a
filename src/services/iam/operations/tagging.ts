import type * as Iam from '@aws-sdk/client-iam'
import type { Tag } from '../../../aws/index.ts'
import { change, type EntityKind, required, roles, users } from '../entities.ts'
import { type PageInput, page } from '../pages.ts'
import { type Operation, read, write } from '../state.ts'
import { addTags, removeTags, type TagInput } from '../tags.ts'

type Named<Member extends string> = Readonly<Partial<Record<Member, string | undefined>>>
type Tagged = { readonly tags: readonly Tag[] }

/** Tag… */
function tag<Member extends string, Value extends Tagged>(
  entity: EntityKind<Member, Value>,
): Operation<Named<Member> & { readonly Tags?: TagInput | undefined }, undefined> {
  return (context, input) =>
    write(context, writer => {
      change(entity, writer, context, input[entity.member] ?? '', before => ({
        ...before,
        tags: addTags(before.tags, input.Tags),
      }))
      return undefined
    })
}

/** Untag… */
function untag<Member extends string, Value extends Tagged>(
  entity: EntityKind<Member, Value>,
): Operation<Named<Member> & { readonly TagKeys?: readonly string[] | undefined }, undefined> {
  return (context, input) =>
    write(context, writer => {
      change(entity, writer, context, input[entity.member] ?? '', before => ({
        ...before,
        tags: removeTags(before.tags, input.TagKeys),
      }))
      return undefined
    })
}

/** List…Tags */
function list<Member extends string, Value extends Tagged>(
  entity: EntityKind<Member, Value>,
): Operation<Named<Member> & PageInput, Iam.ListRoleTagsResponse> {
  return (context, input) =>
    read(context, reader => {
      const { tags } = required(entity, reader, context, input[entity.member] ?? '')
      const { items, ...rest } = page(tags, item => item.Key, input)
      return { Tags: items, ...rest }
    })
}

export const TagUser = tag(users)
export const UntagUser = untag(users)
export const ListUserTags = list(users)
export const TagRole = tag(roles)
export const UntagRole = untag(roles)
export const ListRoleTags = list(roles)
