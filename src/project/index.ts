export { loadProject } from './load.ts'
export type { LoadedProject } from './loader.ts'
export type { BasePathMode, FunctionOptions, ProjectOptions } from './options.ts'
export { ProjectError } from './problems.ts'
export type {
  Authorizer,
  Finding,
  GatewayResponse,
  GatewayResponseType,
  Integration,
  IntegrationResponse,
  IntegrationTarget,
  Method,
  MethodResponse,
  Model,
  ParameterMapping,
  ProjectSnapshot,
  RequestParameter,
  Resource,
  RestApi,
  SourcePosition,
  Stage,
  StageText,
} from './snapshot.ts'
