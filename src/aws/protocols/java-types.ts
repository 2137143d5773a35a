import type { Shape } from './shapes.ts'

const classes: Readonly<Record<string, string>> = {
  boolean: 'java.lang.Boolean',
  integer: 'java.lang.Integer',
  long: 'java.lang.Long',
  float: 'java.lang.Float',
  double: 'java.lang.Double',
  number: 'java.lang.Double',
  blob: 'java.nio.ByteBuffer',
}

/** The Java class that AWS's errors name for a simple type. */
export const javaClassOf = (type: string): string => classes[type] ?? 'java.lang.String'

/** A shape as AWS's errors write its Java type: `java.util.Map<java.lang.String, com.amazonaws….AttributeValue>`. */
export function javaTypeOf(shape: Shape, javaPackage: string): string {
  if (shape.kind === 'simple') return javaClassOf(shape.type)
  if (shape.kind === 'list') return `java.util.List<${javaTypeOf(shape.member.shape, javaPackage)}>`
  if (shape.kind === 'map')
    return `java.util.Map<java.lang.String, ${javaTypeOf(shape.value.shape, javaPackage)}>`
  return javaPackage + shape.name
}
