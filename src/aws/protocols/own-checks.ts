import type { MemberModel } from '../service-model.ts'

/** Members that a service checks by itself, in other words than those of the model's limits. */
const members: Readonly<Record<string, MemberModel>> = {
  // Recorded: "Value x at 'runtime' failed to satisfy constraint: … or be a valid ARN", an InvalidParameterValueException.
  'lambda/CreateFunctionRequest.Runtime': ':string',
  'lambda/UpdateFunctionConfigurationRequest.Runtime': ':string',
}

/** Shapes whose greatest length a service words by itself: recorded, one sentence for groups and streams. */
const unbounded: ReadonlySet<string> = new Set(['logs/LogGroupName', 'logs/LogStreamName'])

/** What a structure's member is: as its model says, but for what the service checks by itself. */
export function memberShape(
  service: string,
  structure: string,
  name: string,
  model: MemberModel,
): MemberModel {
  return members[`${service}/${structure}.${name}`] ?? model
}

/** Lists and maps whose elements' limits end without it: recorded of VPC configurations (LocalStack's test_lambda_api). */
const silentOfNull: ReadonlySet<string> = new Set(['SubnetId', 'SecurityGroupId'])

/** Whether a message about elements lists among their limits that they must not be null, as Lambda's do. */
export function saysNotNull(service: string, shape: string): boolean {
  return service === 'lambda' && !silentOfNull.has(shape)
}

/** Whether the model's greatest length of a shape counts. */
export function isBounded(service: string, shape: string): boolean {
  return !unbounded.has(`${service}/${shape}`)
}
