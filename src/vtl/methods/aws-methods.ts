import type { InputObject } from '../aws/input-object.ts'
import { type UtilObject, utilities } from '../aws/util-object.ts'
import { defineClass, methodsOf } from '../java/java-class.ts'
import { objectClass } from './object-methods.ts'

/** `$input` (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html). */
export const inputClass = defineClass(
  'Input',
  [objectClass],
  methodsOf<InputObject>()({
    'path(String)': (self, path) => self.path(path),
    'json(String)': (self, path) => self.json(path),
    'params()': self => self.params(),
    'params(String)': (self, name) => self.param(name),
    'getBody()': self => self.body(),
  }),
)

/** `$util`. */
export const utilClass = defineClass(
  'Util',
  [objectClass],
  methodsOf<UtilObject>()({
    'escapeJavaScript(String)': (_self, value: string | null) =>
      value === null ? null : utilities.escapeJavaScript(value),
    'parseJson(String)': (self, value) => self.parseJson(value),
    'urlEncode(String)': (_self, value) => utilities.urlEncode(value),
    'urlDecode(String)': (_self, value) => utilities.urlDecode(value),
    'base64Encode(String)': (_self, value) => utilities.base64Encode(value),
    'base64Decode(String)': (_self, value) => utilities.base64Decode(value),
  }),
)
