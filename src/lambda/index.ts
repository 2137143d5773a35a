export { createLambda } from './create-lambda.ts'
export type { FunctionCredentials } from './environment-variables.ts'
export type { LogRecord } from './invocation-log.ts'
export type { FunctionLog, Lambda, LambdaDependencies, LambdaLimits, LambdaStatus } from './lambda.ts'
