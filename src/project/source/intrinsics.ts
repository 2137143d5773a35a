import type { SourceNode } from './source-node.ts'

/** What CloudFormation's functions can refer to here. */
export interface IntrinsicScope {
  readonly account: string
  readonly region: string
  /** The values of the template's parameters. */
  readonly parameters: Readonly<Record<string, string>>
}

/**
 * The text that `Ref`, `Fn::Sub`, `Fn::GetAtt` and `Fn::Join` make, or undefined where the node is none of them.
 * A resource stands for itself: `MyFunction.Arn` becomes the ARN of a function named `MyFunction`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export function evaluateIntrinsic(node: SourceNode, scope: IntrinsicScope): string | undefined {
  if (node.kind === 'scalar') return node.text
  if (node.kind !== 'map' || node.entries.size !== 1) return undefined
  const [entry] = node.entries.values()
  if (entry === undefined) return undefined
  const { key, value } = entry
  if (key === 'Ref') return value.kind === 'scalar' ? referred(value.text, scope) : undefined
  if (key === 'Fn::GetAtt') return getAttribute(value, scope)
  if (key === 'Fn::Join') return join(value, scope)
  if (key === 'Fn::Sub') return substitute(value, scope)
  return undefined
}

/** Whether a mapping is one of the functions above. */
export function isIntrinsic(node: SourceNode): boolean {
  if (node.kind !== 'map' || node.entries.size !== 1) return false
  const [key = ''] = node.entries.keys()
  return key === 'Ref' || /^Fn::(GetAtt|Join|Sub)$/.test(key)
}

/** The text with `${AWS::Region}` and its like replaced, where no `Fn::Sub` stands around it. */
export function replacePseudoParameters(text: string, scope: IntrinsicScope): string {
  const pseudo = pseudoParameters(scope)
  return text.replaceAll(/\$\{(AWS::\w+)\}/g, (whole, name: string) => pseudo[name] ?? whole)
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
function pseudoParameters(scope: IntrinsicScope): Readonly<Record<string, string>> {
  return {
    'AWS::AccountId': scope.account,
    'AWS::Region': scope.region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': 'lambdarium',
  }
}

function referred(name: string, scope: IntrinsicScope): string {
  return scope.parameters[name] ?? pseudoParameters(scope)[name] ?? name
}

function attribute(name: string, scope: IntrinsicScope): string {
  const [resource = '', member = ''] = name.split('.', 2)
  if (scope.parameters[name] !== undefined) return scope.parameters[name]
  if (member === 'Arn') return `arn:aws:lambda:${scope.region}:${scope.account}:function:${resource}`
  return resource
}

function getAttribute(value: SourceNode, scope: IntrinsicScope): string | undefined {
  if (value.kind === 'scalar') return attribute(value.text, scope)
  if (value.kind !== 'list') return undefined
  const names = value.items.map(item => (item.kind === 'scalar' ? item.text : ''))
  return attribute(names.join('.'), scope)
}

function join(value: SourceNode, scope: IntrinsicScope): string | undefined {
  if (value.kind !== 'list') return undefined
  const [separator, list] = value.items
  if (separator?.kind !== 'scalar' || list?.kind !== 'list') return undefined
  const parts = list.items.map(item => evaluateIntrinsic(item, scope))
  return parts.includes(undefined) ? undefined : parts.join(separator.text)
}

function substitute(value: SourceNode, scope: IntrinsicScope): string | undefined {
  const [template, variables] = value.kind === 'list' ? value.items : [value]
  if (template?.kind !== 'scalar') return undefined
  const own = variables?.kind === 'map' ? variables.entries : undefined
  return template.text.replaceAll(/\$\{(!?)([^}]*)\}/g, (whole, literal: string, name: string) => {
    // `${!Name}` is CloudFormation's way to write `${Name}`; stage variables are left to API Gateway either way.
    if (literal !== '') return `\${${name}}`
    if (/^stageVariables\./.test(name)) return whole
    const given = own?.get(name.trim())?.value
    const text = given && evaluateIntrinsic(given, scope)
    if (text !== undefined) return text
    return name.includes('.') ? attribute(name.trim(), scope) : referred(name.trim(), scope)
  })
}
