import { createHash } from 'node:crypto'
import type { IntegrationResponse, Method, ProjectSnapshot, RestApi, Stage } from '../project/index.ts'
import type { Template, TemplateEngine } from '../vtl/index.ts'
import { createBinaryCheck } from './media-type.ts'
import {
  compileRequestMapping,
  compileResponseMapping,
  type RequestMapping,
  type ResponseMapping,
} from './parameters.ts'
import { createRouter, type Router } from './router.ts'

/** A snapshot made ready for requests: routes sorted, parameter mappings parsed. */
export interface GatewayPlan {
  readonly snapshot: ProjectSnapshot
  readonly stages: ReadonlyMap<string, Stage>
  readonly apis: ReadonlyMap<string, ApiPlan>
  /** All APIs joined, for `/{stage}/{path}`. */
  readonly router: Router
}

/** One API of the plan. */
export interface ApiPlan {
  readonly api: RestApi
  readonly router: Router
  /** `$context.deploymentId`: another one after every reload, as after every deployment. */
  readonly deploymentId: string
  readonly isBinary: (header: string | undefined) => boolean
}

/** One method with its integration, its mappings compiled. */
export interface MethodPlan {
  readonly api: ApiPlan
  readonly method: Method
  /** `$input.path('$')`: how the template language reads a body. */
  readonly wholeBody: Template
  readonly requestMappings: readonly RequestMapping[]
  /** Ascending by status, as API Gateway keeps them: of two that match the lower status wins (recorded). */
  readonly responses: readonly ResponsePlan[]
}

/** One integration response, its mappings compiled. */
export interface ResponsePlan {
  readonly response: IntegrationResponse
  readonly mappings: readonly ResponseMapping[]
}

/** Compiles a snapshot. */
export function compilePlan(engine: TemplateEngine, snapshot: ProjectSnapshot): GatewayPlan {
  const apis = new Map<string, ApiPlan>()
  const all: MethodPlan[] = []
  for (const api of snapshot.apis) {
    const plan: ApiPlan = {
      api,
      deploymentId: deploymentId(api.id, snapshot.version),
      isBinary: createBinaryCheck(api.binaryMediaTypes),
      get router() {
        return router
      },
    }
    const methods = api.resources.flatMap(resource =>
      [...resource.methods.values()].map(method => planMethod(engine, plan, method)),
    )
    const router = createRouter(methods)
    apis.set(api.id, plan)
    all.push(...methods)
  }
  return { snapshot, stages: snapshot.stages, apis, router: createRouter(all) }
}

function planMethod(engine: TemplateEngine, api: ApiPlan, method: Method): MethodPlan {
  const { integration } = method
  const responses = integration.responses.map(response => ({
    response,
    mappings: response.responseParameters.map(mapping => compileResponseMapping(engine, mapping)),
  }))
  return {
    api,
    method,
    wholeBody: engine.compile("$input.path('$')", { name: 'body' }),
    requestMappings: integration.requestParameters.map(mapping => compileRequestMapping(engine, mapping)),
    responses: responses.toSorted((a, b) => Number(a.response.statusCode) - Number(b.response.statusCode)),
  }
}

function deploymentId(api: string, version: number): string {
  const hash = createHash('sha1').update(`${api}:${version}`).digest().readUIntBE(0, 6)
  return hash.toString(36).padStart(6, '0').slice(0, 6)
}
