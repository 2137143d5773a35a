import type {
  FunctionEventInvokeConfig,
  UpdateFunctionEventInvokeConfigRequest,
} from '@aws-sdk/client-lambda'
import { noEventInvokeConfig } from '../event-invoke.ts'
import type { Operation } from '../state.ts'
import { writeEventInvoke } from '../write-event-invoke.ts'

/** What the request does not name stays. https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionEventInvokeConfig.html */
export const UpdateFunctionEventInvokeConfig: Operation<
  UpdateFunctionEventInvokeConfigRequest,
  FunctionEventInvokeConfig
> = (context, input) =>
  writeEventInvoke(context, input, (before, reference) => {
    if (before === undefined) throw noEventInvokeConfig(reference)
    return before
  })
