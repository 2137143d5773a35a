/** What an ACL may grant. */
export type Permission = 'FULL_CONTROL' | 'READ' | 'WRITE' | 'READ_ACP' | 'WRITE_ACP'

/** Who an ACL grants something: an account by its canonical id, or a group by its URI. */
export type Grantee =
  | { readonly type: 'CanonicalUser'; readonly id: string }
  | { readonly type: 'Group'; readonly uri: string }

/** One grant of an ACL. */
export interface Grant {
  readonly grantee: Grantee
  readonly permission: Permission
}
