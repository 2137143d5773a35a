import type { Functions } from '../ports/index.ts'
import type { Simulator } from './opened.ts'

/** Runs functions for tests and the command line: values in, values out. */
export function invoker(functions: Functions): Simulator['invoke'] {
  return async (functionName, event = {}, { qualifier, invocationType = 'RequestResponse' } = {}) => {
    const { statusCode, functionError, log, requestId, payload } = await functions.invoke({
      functionName,
      ...(qualifier === undefined ? {} : { qualifier }),
      invocationType,
      payload: Buffer.from(JSON.stringify(event)),
    })
    const text = Buffer.from(payload).toString('utf8')
    return {
      statusCode,
      requestId,
      log,
      ...(functionError === undefined ? {} : { functionError }),
      result: text === '' ? undefined : JSON.parse(text),
    }
  }
}
