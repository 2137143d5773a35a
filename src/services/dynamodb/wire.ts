import type { AttributeValue as SdkAttributeValue } from '@aws-sdk/client-dynamodb'
import type { AttributeValue } from './values/attribute-value.ts'

/** An SDK's input or output type with attribute values as they travel: the codec leaves them alone in this service. */
export type Wire<T> = [SdkAttributeValue, Extract<T, { $unknown?: unknown }>] extends [T, SdkAttributeValue]
  ? AttributeValue | Extract<T, undefined>
  : T extends Date | Uint8Array
    ? T
    : T extends readonly (infer Element)[]
      ? Wire<Element>[]
      : T extends object
        ? { [Key in keyof T]: Wire<T[Key]> }
        : T
