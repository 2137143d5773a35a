import type { FunctionDefinition } from '../ports/index.ts'
import type { Template } from '../vtl/index.ts'

/** A place in one of the user's files; line and column count from 1. */
export interface SourcePosition {
  /** Absolute. */
  readonly file: string
  readonly line: number
  readonly column: number
}

/**
 * Something in the project that we or AWS would not do as written; the start report prints these. An `error` will
 * fail when it is called (a function that does not exist), while everything else can be served.
 */
export interface Finding {
  readonly severity: 'error' | 'warning' | 'info'
  /** Short and stable: `unsupported-extension`, `unknown-function` … */
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly position?: SourcePosition
  /** The text of `position.file` as it was read, for a code frame. */
  readonly source?: string
}

/** Everything the data plane needs, compiled and immutable. A reload makes a new one and swaps one reference. */
export interface ProjectSnapshot {
  /** Counts up with each load. */
  readonly version: number
  readonly apis: readonly RestApi[]
  readonly stages: ReadonlyMap<string, Stage>
  readonly functions: ReadonlyMap<string, FunctionDefinition>
  /** The start report; what cannot be compiled at all keeps a snapshot from being made (`ProjectError`). */
  readonly findings: readonly Finding[]
}

/** A stage with its variables (`$stageVariables`). */
export interface Stage {
  readonly name: string
  readonly variables: Readonly<Record<string, string>>
  /** `$context.isCanaryRequest` and other variables for a share of the requests. */
  readonly canary?: {
    readonly percentTraffic: number
    readonly variables: Readonly<Record<string, string>>
  }
  /** Requests per second, and how many may come at once; no limit when absent. */
  readonly throttle?: { readonly rateLimit: number; readonly burstLimit: number }
}

/** One Swagger or OpenAPI file. */
export interface RestApi {
  /** The file's name without its ending; `apiId` everywhere. */
  readonly id: string
  readonly name: string
  readonly description?: string
  readonly file: string
  readonly endpointType: 'EDGE' | 'REGIONAL' | 'PRIVATE'
  readonly apiKeySource: 'HEADER' | 'AUTHORIZER'
  readonly binaryMediaTypes: readonly string[]
  /** Bytes; absent: no compression. */
  readonly minimumCompressionSize?: number
  /** `x-amazon-apigateway-policy`, an IAM resource policy document. */
  readonly policy?: unknown
  readonly gatewayResponses: ReadonlyMap<GatewayResponseType, GatewayResponse>
  readonly resources: readonly Resource[]
  readonly authorizers: ReadonlyMap<string, Authorizer>
  /** The `cors: true` convenience: OPTIONS and CORS headers without methods of their own. */
  readonly cors?: boolean
}

/** One path. */
export interface Resource {
  /** Ten characters of `[a-z0-9]`, derived from API and path. */
  readonly id: string
  /** As written, with the base path: `/pets/{petId}`. */
  readonly path: string
  /** By upper-case HTTP method, `ANY` for `x-amazon-apigateway-any-method`. */
  readonly methods: ReadonlyMap<string, Method>
}

/** Where a method's answer comes from and what it takes. */
export interface Method {
  readonly httpMethod: string
  readonly resourceId: string
  readonly resourcePath: string
  readonly operationName?: string
  readonly position: SourcePosition
  readonly authorizationType: 'NONE' | 'AWS_IAM' | 'CUSTOM' | 'COGNITO_USER_POOLS'
  readonly authorizer?: Authorizer
  /** OAuth scopes asked of a Cognito token. */
  readonly authorizationScopes: readonly string[]
  readonly apiKeyRequired: boolean
  readonly validator?: { readonly body: boolean; readonly parameters: boolean }
  readonly requestParameters: readonly RequestParameter[]
  /** By content type. */
  readonly requestModels: ReadonlyMap<string, Model>
  /** By status code. */
  readonly methodResponses: ReadonlyMap<string, MethodResponse>
  readonly integration: Integration
}

export interface RequestParameter {
  readonly location: 'path' | 'querystring' | 'header'
  readonly name: string
  readonly required: boolean
}

/** A JSON Schema draft 4 model, compiled. */
export interface Model {
  readonly name: string
  /** One line for each violation in words for the terminal and `$context.error.validationErrorString`; empty when valid. */
  validate(value: unknown): readonly string[]
}

export interface MethodResponse {
  readonly statusCode: string
  /** Header names that the method may send, lower-case. */
  readonly headers: ReadonlySet<string>
  readonly models: ReadonlyMap<string, Model>
}

/** A text with `${stageVariables.x}` in it, given the stage's variables. */
export type StageText = (stageVariables: Readonly<Record<string, string>>) => string

/** As `StageText`, for the part of a function's name behind the colon. */
export type QualifierText = (stageVariables: Readonly<Record<string, string>>) => string | undefined

/** Who answers. Texts are functions because stage variables may stand in them. */
export type IntegrationTarget =
  | {
      readonly kind: 'lambda'
      readonly functionName: StageText
      /** Version or alias; answers undefined where a stage variable could have held one and does not. */
      readonly qualifier?: QualifierText
    }
  /** `uri` keeps its `{placeholders}` for path parameters of the integration request. */
  | { readonly kind: 'http'; readonly uri: StageText }
  /** `arn:aws:apigateway:{region}:{subdomain.service}:{action|path}/{text}` of any other AWS service. */
  | {
      readonly kind: 'service'
      readonly service: string
      readonly subdomain?: string
      readonly region: string
      readonly via: 'action' | 'path'
      readonly text: StageText
    }
  | { readonly kind: 'mock' }

/** The integration request and its responses. */
export interface Integration {
  readonly type: 'AWS' | 'AWS_PROXY' | 'HTTP' | 'HTTP_PROXY' | 'MOCK'
  /** Upper-case; for Lambda AWS demands POST. */
  readonly httpMethod: string
  /** As written, for the journal and for `routes`. */
  readonly uri: string
  readonly target: IntegrationTarget
  readonly credentials?: string
  readonly passthroughBehavior: 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER'
  readonly contentHandling?: 'CONVERT_TO_TEXT' | 'CONVERT_TO_BINARY'
  /** Milliseconds. */
  readonly timeoutInMillis: number
  /** `integration.request.header.x` ← `method.request.querystring.y`, a quoted literal, `context.…`, `stageVariables.…`. */
  readonly requestParameters: readonly ParameterMapping[]
  /** By content type as written; `application/json: null` is left out. */
  readonly requestTemplates: ReadonlyMap<string, Template>
  /** In the order written. */
  readonly responses: readonly IntegrationResponse[]
  readonly position: SourcePosition
}

/** `target` and `source` as API Gateway writes them. */
export interface ParameterMapping {
  readonly target: string
  readonly source: string
  readonly position: SourcePosition
}

/** One answer of an integration and how it is mapped. */
export interface IntegrationResponse {
  readonly statusCode: string
  /** Absent: the default response. Compiled to match the whole text. `source` is as written. */
  readonly selectionPattern?: { readonly source: string; readonly matches: (text: string) => boolean }
  readonly contentHandling?: 'CONVERT_TO_TEXT' | 'CONVERT_TO_BINARY'
  /** `method.response.header.x` ← `integration.response.header.y`, `integration.response.body.$.z`, a literal … */
  readonly responseParameters: readonly ParameterMapping[]
  readonly responseTemplates: ReadonlyMap<string, Template>
  readonly position: SourcePosition
}

/** A Lambda or Cognito authorizer as `x-amazon-apigateway-authorizer` describes it. */
export interface Authorizer {
  readonly name: string
  readonly type: 'TOKEN' | 'REQUEST' | 'COGNITO_USER_POOLS'
  readonly functionName?: StageText
  /** Version or alias; answers undefined where a stage variable could have held one and does not. */
  readonly qualifier?: QualifierText
  readonly credentials?: string
  /** `method.request.header.Authorization`, … */
  readonly identitySources: readonly string[]
  readonly identityValidationExpression?: string
  /** Seconds. */
  readonly resultTtl: number
  readonly providerArns: readonly string[]
  readonly position: SourcePosition
}

/** The names that API Gateway gives to its own answers. */
export type GatewayResponseType =
  | 'ACCESS_DENIED'
  | 'API_CONFIGURATION_ERROR'
  | 'AUTHORIZER_CONFIGURATION_ERROR'
  | 'AUTHORIZER_FAILURE'
  | 'BAD_REQUEST_BODY'
  | 'BAD_REQUEST_PARAMETERS'
  | 'DEFAULT_4XX'
  | 'DEFAULT_5XX'
  | 'EXPIRED_TOKEN'
  | 'INTEGRATION_FAILURE'
  | 'INTEGRATION_TIMEOUT'
  | 'INVALID_API_KEY'
  | 'INVALID_SIGNATURE'
  | 'MISSING_AUTHENTICATION_TOKEN'
  | 'QUOTA_EXCEEDED'
  | 'REQUEST_TOO_LARGE'
  | 'RESOURCE_NOT_FOUND'
  | 'THROTTLED'
  | 'UNAUTHORIZED'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'WAF_FILTERED'

/** A customised gateway response, as `x-amazon-apigateway-gateway-responses` writes it. */
export interface GatewayResponse {
  readonly type: GatewayResponseType
  readonly statusCode?: number
  /** `gatewayresponse.header.Access-Control-Allow-Origin` → `'*'`. */
  readonly responseParameters: Readonly<Record<string, string>>
  /** By content type; not VTL: only `$context.…`, `$stageVariables.…` and `method.request` references are filled in. */
  readonly responseTemplates: Readonly<Record<string, string>>
}
