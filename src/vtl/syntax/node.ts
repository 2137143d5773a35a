/** The tokens that a node was made of, both included; `literal` prints them again. */
export interface Span {
  readonly first: number
  readonly last: number
}

export type Statement =
  | ({ readonly type: 'text'; readonly text: string } & Span)
  | ({ readonly type: 'comment' } & Span)
  | ({ readonly type: 'set'; readonly target: Reference; readonly value: Expression } & Span)
  | ({
      readonly type: 'if'
      readonly branches: readonly Branch[]
      readonly otherwise: Block | undefined
    } & Span)
  | Directive
  | Reference

export interface Block extends Span {
  readonly type: 'block'
  readonly statements: readonly Statement[]
}

export interface Branch {
  readonly condition: Expression
  readonly block: Block
}

/** `#foreach`, `#define`, `#break` … and whatever else looks like one: then it prints itself. */
export interface Directive extends Span {
  readonly type: 'directive'
  readonly name: string
  readonly known: boolean
  readonly arguments: readonly Argument[]
  readonly block: Block | undefined
}

export interface Word extends Span {
  readonly type: 'word'
  readonly text: string
}

export type Argument = Expression | Word

export interface Reference extends Span {
  readonly type: 'reference'
  readonly accessors: readonly Accessor[]
}

export type Accessor =
  | ({ readonly type: 'property'; readonly name: string } & Span)
  | ({ readonly type: 'method'; readonly name: string; readonly arguments: readonly Expression[] } & Span)
  | ({ readonly type: 'index'; readonly index: Expression } & Span)

export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '>' | '<=' | '>=' | '+' | '-' | '*' | '/' | '%'

export type Expression =
  | Reference
  | ({ readonly type: 'string' } & Span)
  | ({ readonly type: 'integer'; readonly text: string } & Span)
  | ({ readonly type: 'float'; readonly text: string } & Span)
  | ({ readonly type: 'boolean'; readonly value: boolean } & Span)
  | ({ readonly type: 'range'; readonly from: Expression; readonly to: Expression } & Span)
  | ({ readonly type: 'list'; readonly items: readonly Expression[] } & Span)
  | ({ readonly type: 'map'; readonly entries: readonly (readonly [Expression, Expression])[] } & Span)
  | ({ readonly type: 'group'; readonly inner: Expression } & Span)
  | ({ readonly type: 'not'; readonly operand: Expression } & Span)
  | ({
      readonly type: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
    } & Span)

/** A parsed template: its statements, and every token for what prints itself again. */
export interface ParsedTemplate {
  readonly source: string
  readonly tokens: readonly import('./token.ts').Token[]
  readonly body: Block
}
