import type { Template, TemplateInput } from '../vtl/index.ts'
import type { Authorized } from './call.ts'
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
