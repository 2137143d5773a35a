import type { AccessRule } from '../../aws/index.ts'
import { groupArn, groupName } from './names.ts'
import * as operations from './operations/index.ts'
import type { LogsState } from './state.ts'

interface Named {
  readonly logGroupName?: string
  readonly logGroupIdentifier?: string
  readonly resourceArn?: string
  readonly logStreamName?: string
  readonly logGroupIdentifiers?: readonly string[]
}

const ofStreams: ReadonlySet<string> = new Set(['DeleteLogStream', 'GetLogEvents', 'PutLogEvents'])

/** On a group `…:log-group:name:*`, on a stream `…:log-stream:name`. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html */
export const access: Readonly<Record<string, AccessRule<LogsState>>> = {
  ...Object.fromEntries(
    Object.keys(operations)
      .filter(operation => operation !== 'TestMetricFilter')
      .map(operation => [
        operation,
        (context, { logGroupName, logGroupIdentifier, resourceArn, logStreamName }: Named) => {
          const given = logGroupName ?? logGroupIdentifier ?? resourceArn
          const group = groupArn(context, given === undefined ? '' : groupName(given))
          const stream = ofStreams.has(operation) ? `log-stream:${logStreamName ?? ''}` : '*'
          return [{ action: `logs:${operation}`, resources: [`${group}:${stream}`] }]
        },
      ]),
  ),
  StartLiveTail: (context, { logGroupIdentifiers = [] }: Named) => [
    {
      action: 'logs:StartLiveTail',
      resources: logGroupIdentifiers.map(each => `${groupArn(context, groupName(each))}:*`),
    },
  ],
}
