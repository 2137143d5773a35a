/**
 * An attribute's value as it travels in DynamoDB's JSON: exactly one member, numbers as text, binary as base64. The
 * service works on this form throughout, so that an item is never converted on its way between socket and store.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
 */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: boolean }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Readonly<Record<string, AttributeValue>> }

/** The ten type descriptors. */
export type AttributeType = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'SS' | 'NS' | 'BS' | 'L' | 'M'

/** An item: attributes by name, of own properties only. */
export type Item = Readonly<Record<string, AttributeValue>>

/** Which of the ten members a value has. */
export function typeOf(value: AttributeValue): AttributeType {
  for (const type in value) return type as AttributeType
  throw new Error('an attribute value without a member got past validation')
}

/** The member's content, whatever the type; for code that treats all types alike. */
export function contentOf(value: AttributeValue): unknown {
  for (const type in value) return (value as Readonly<Record<string, unknown>>)[type]
  return undefined
}
