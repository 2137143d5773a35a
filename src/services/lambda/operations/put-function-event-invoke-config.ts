import type { FunctionEventInvokeConfig, PutFunctionEventInvokeConfigRequest } from '@aws-sdk/client-lambda'
import type { Operation } from '../state.ts'
import { writeEventInvoke } from '../write-event-invoke.ts'

/** Replaces what there was. https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html */
export const PutFunctionEventInvokeConfig: Operation<
  PutFunctionEventInvokeConfigRequest,
  FunctionEventInvokeConfig
> = (context, input) => writeEventInvoke(context, input, () => ({}))
