import type { Answered, IntegrationAnswer, Mapped } from '../call.ts'
import { enrich } from '../enrich.ts'
import type { GatewayParts } from '../gateway.ts'
import { GatewayError } from '../gateway-error.ts'
import { answerHttp, answerHttpProxy } from '../integrations/http.ts'
import { answerLambda, errorMessageOf, invokeFunction } from '../integrations/lambda.ts'
import { answerMock } from '../integrations/mock.ts'
import { readProxyAnswer } from '../integrations/proxy-answer.ts'
import { answerService } from '../integrations/service.ts'
import { headerValue } from '../request-headers.ts'

/** Asks whoever answers the method. */
export async function integrate(parts: GatewayParts, call: Mapped): Promise<Answered> {
  const answer = await answerOf(parts, call)
  call.entry.stage('integration response', answer)
  return enrich(call, { answer })
}

function answerOf(parts: GatewayParts, call: Mapped): Promise<IntegrationAnswer> | IntegrationAnswer {
  const { type, target } = call.plan.method.integration
  switch (type) {
    case 'MOCK':
      return answerMock(call)
    case 'HTTP':
      return answerHttp(parts, call)
    case 'HTTP_PROXY':
      return answerHttpProxy(parts, call)
    case 'AWS':
      return target.kind === 'lambda' ? answerLambda(parts, call) : answerService(parts, call)
    case 'AWS_PROXY':
      return answerLambdaProxy(parts, call)
  }
}

async function answerLambdaProxy(parts: GatewayParts, call: Mapped): Promise<IntegrationAnswer> {
  const { httpMethod } = call.plan.method.integration
  if (httpMethod !== 'POST' && httpMethod !== 'ANY' && httpMethod !== '')
    throw new GatewayError('INTEGRATION_FAILURE', {
      status: 500,
      explanation: `Lambda is called by POST; the integration's httpMethod is ${httpMethod} (recorded: 500)`,
    })
  const result = await invokeFunction(parts, call)
  if (result.functionError !== undefined)
    throw new GatewayError('INTEGRATION_FAILURE', {
      status: 502,
      explanation: `the function failed: ${errorMessageOf(Buffer.from(result.payload)) || 'it gave no message'}`,
    })
  const binaryAccepted = call.plan.api.isBinary(headerValue(call.headers, 'accept'))
  const answer = readProxyAnswer(result.payload, binaryAccepted)
  return { ...answer, selection: '' }
}
