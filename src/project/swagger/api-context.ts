import type { ProjectOptions } from '../options.ts'
import type { Place } from '../problems.ts'
import type { Authorizer, StageText } from '../snapshot.ts'
import type { Reader } from '../source/reader.ts'
import type { SourceNode } from '../source/source-node.ts'
import type { SchemaModels } from './schema-models.ts'

/** Which specification a file follows. */
export type Dialect = 'swagger-2.0' | 'openapi-3.0' | 'openapi-3.1'

/** A function named by an integration or an authorizer, to be looked up once all functions are known. */
export interface FunctionUse {
  readonly functionName: StageText
  /** As written, stage variables unresolved. */
  readonly written: string
  readonly place: Place
}

/** What every part of one API's reading shares. */
export interface ApiContext {
  readonly id: string
  readonly file: string
  readonly dialect: Dialect
  readonly root: SourceNode
  readonly reader: Reader
  readonly options: ProjectOptions
  readonly authorizers: Map<string, Authorizer>
  readonly models: SchemaModels
  readonly functionUses: FunctionUse[]
}
