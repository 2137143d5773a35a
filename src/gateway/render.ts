import type { Template, TemplateInput } from '../vtl/index.ts'
import type { Authorized } from './call.ts'
import type { Payload } from './content-handling.ts'
import { GatewayError } from './gateway-error.ts'

/** Renders one template of a request; a template that fails is 500 (recorded). */
export function render(call: Authorized, template: Template, input: TemplateInput): string {
  try {
    return template.render({
      input,
      context: call.templateContext(),
      stageVariables: call.stageVariables,
    })
  } catch (cause) {
    throw new GatewayError('API_CONFIGURATION_ERROR', {
      explanation: `the template ${template.name} failed: ${(cause as Error).message}`,
      cause,
    })
  }
}

/** What `$input` shows of the request; responses see the same parameters. */
export function templateInput(call: Authorized, body: string): TemplateInput {
  return {
    body,
    params: {
      path: call.pathParameters ?? {},
      querystring: call.query?.single ?? {},
      header: call.headerValues,
    },
  }
}

/** Bytes in a template are 500 (recorded). */
export function textOf(body: Payload): string {
  if (typeof body === 'string') return body
  if (isUtf8(body)) return body.toString('utf8')
  throw new GatewayError('API_CONFIGURATION_ERROR', {
    explanation: 'a binary body meets a mapping template; set contentHandling to CONVERT_TO_TEXT',
  })
}

function isUtf8(body: Buffer): boolean {
  return !body.toString('utf8').includes('\uFFFD')
}
