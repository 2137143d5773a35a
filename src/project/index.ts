export { exportApi } from './export-api.ts'
export { loadProject } from './load.ts'
export type { LoadedProject } from './loader.ts'
export { type OpenProjectOptions, openProject, type Project, type ProjectChange } from './open.ts'
export type { BasePathMode, FunctionOptions, ProjectOptions } from './options.ts'
export { ProjectError } from './problems.ts'
export { listRoutes, type RouteRow } from './routes.ts'
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
  QualifierText,
  RequestParameter,
  Resource,
  RestApi,
  SourcePosition,
  Stage,
  StageText,
} from './snapshot.ts'
export { type Validation, validateProject } from './validate-project.ts'
