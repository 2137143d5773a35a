import { unsupported } from '../errors.ts'
import type { Operation } from '../state.ts'

/** Refused, so that nobody takes unsigned code for signed code. https://docs.aws.amazon.com/lambda/latest/api/API_CreateCodeSigningConfig.html */
export const CreateCodeSigningConfig: Operation<object, never> = () => {
  throw unsupported('Code signing')
}
