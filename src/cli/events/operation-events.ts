import type { EventFacts, SampleEvent } from './sample-events.ts'

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requesttypes.html */
const cloudformation = (RequestType: 'Create' | 'Update' | 'Delete'): SampleEvent => ({
  values: {
    stack: 'example',
    resource: 'Example',
    type: 'Custom::Example',
    properties: '{}',
    url: 'http://localhost/',
  },
  make: ({ account, region, id }, value) => ({
    RequestType,
    ServiceToken: `arn:aws:lambda:${region}:${account}:function:example`,
    ResponseURL: value('url'),
    StackId: `arn:aws:cloudformation:${region}:${account}:stack/${value('stack')}/${id()}`,
    RequestId: id(),
    LogicalResourceId: value('resource'),
    ...(RequestType !== 'Create' && { PhysicalResourceId: `${value('stack')}-${value('resource')}` }),
    ResourceType: value('type'),
    ResourceProperties: JSON.parse(value('properties')) as unknown,
    ...(RequestType === 'Update' && { OldResourceProperties: {} }),
  }),
})

/** https://docs.aws.amazon.com/lambda/latest/dg/services-codecommit.html */
const codecommit: SampleEvent = {
  values: { repository: 'example', branch: 'main', commit: '0123456789abcdef0123456789abcdef01234567' },
  make: ({ account, region, now, id }, value) => ({
    Records: [
      {
        awsRegion: region,
        codecommit: { references: [{ commit: value('commit'), ref: `refs/heads/${value('branch')}` }] },
        eventId: id(),
        eventName: 'ReferenceChanges',
        eventPartNumber: 1,
        eventSource: 'aws:codecommit',
        eventSourceARN: `arn:aws:codecommit:${region}:${account}:${value('repository')}`,
        eventTime: new Date(now).toISOString(),
        eventTotalParts: 1,
        eventTriggerConfigId: id(),
        eventTriggerName: 'example',
        eventVersion: '1.0',
        userIdentityARN: `arn:aws:iam::${account}:user/example`,
      },
    ],
  }),
}

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html */
const codepipeline: SampleEvent = {
  values: { parameters: '', function: 'example' },
  make: ({ account, id }, value) => ({
    'CodePipeline.job': {
      id: id(),
      accountId: account,
      data: {
        actionConfiguration: {
          configuration: { FunctionName: value('function'), UserParameters: value('parameters') },
        },
        inputArtifacts: [],
        outputArtifacts: [],
        artifactCredentials: { accessKeyId: 'test', secretAccessKey: 'test', sessionToken: 'test' },
      },
    },
  }),
}

/** https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_example-events.html */
const config: SampleEvent = {
  values: { rule: 'example', type: 'AWS::EC2::Instance', resource: 'i-0123456789abcdef0' },
  make: ({ account, region, now }, value) => ({
    invokingEvent: JSON.stringify({
      configurationItem: {
        configurationItemCaptureTime: new Date(now).toISOString(),
        awsAccountId: account,
        configurationItemStatus: 'OK',
        resourceId: value('resource'),
        resourceType: value('type'),
        awsRegion: region,
        configuration: {},
      },
      messageType: 'ConfigurationItemChangeNotification',
    }),
    ruleParameters: '{}',
    resultToken: 'example',
    eventLeftScope: false,
    executionRoleArn: `arn:aws:iam::${account}:role/config-role`,
    configRuleArn: `arn:aws:config:${region}:${account}:config-rule/config-rule-0123456`,
    configRuleName: value('rule'),
    configRuleId: 'config-rule-0123456',
    accountId: account,
    version: '1.0',
  }),
}

/** https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-lambda-event.html */
const ses: SampleEvent = {
  values: { from: 'sender@example.com', to: 'recipient@example.com', subject: 'Hello' },
  make: ({ account, region, now, id }, value) => {
    const verdict = { status: 'PASS' }
    return {
      Records: [
        {
          eventSource: 'aws:ses',
          eventVersion: '1.0',
          ses: {
            mail: {
              timestamp: new Date(now).toISOString(),
              source: value('from'),
              messageId: id(),
              destination: [value('to')],
              headersTruncated: false,
              headers: [
                { name: 'From', value: value('from') },
                { name: 'To', value: value('to') },
                { name: 'Subject', value: value('subject') },
              ],
              commonHeaders: {
                returnPath: value('from'),
                from: [value('from')],
                date: new Date(now).toUTCString(),
                to: [value('to')],
                messageId: `<${id()}@example.com>`,
                subject: value('subject'),
              },
            },
            receipt: {
              timestamp: new Date(now).toISOString(),
              processingTimeMillis: 100,
              recipients: [value('to')],
              spamVerdict: verdict,
              virusVerdict: verdict,
              spfVerdict: verdict,
              dkimVerdict: verdict,
              dmarcVerdict: verdict,
              action: {
                type: 'Lambda',
                functionArn: `arn:aws:lambda:${region}:${account}:function:example`,
                invocationType: 'Event',
              },
            },
          },
        },
      ],
    }
  },
}

/** https://docs.aws.amazon.com/eventbridge/latest/ref/events.html: what AWS's services say on the default bus. */
const fromService = (
  source: string,
  detailType: string,
  values: Readonly<Record<string, string>>,
  detail: (facts: EventFacts, value: (name: string) => string) => readonly [resource: string, detail: object],
): SampleEvent => ({
  values,
  make: (facts, value) => {
    const [resource, content] = detail(facts, value)
    return {
      version: '0',
      id: facts.id(),
      'detail-type': detailType,
      source,
      account: facts.account,
      time: `${new Date(facts.now).toISOString().slice(0, 19)}Z`,
      region: facts.region,
      resources: [resource],
      detail: content,
    }
  },
})

const ec2 = fromService(
  'aws.ec2',
  'EC2 Instance State-change Notification',
  { instance: 'i-0123456789abcdef0', state: 'running' },
  ({ account, region }, value) => [
    `arn:aws:ec2:${region}:${account}:instance/${value('instance')}`,
    { 'instance-id': value('instance'), state: value('state') },
  ],
)

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html */
const alarm: SampleEvent = {
  values: { alarm: 'example', state: 'ALARM', metric: 'Errors', namespace: 'AWS/Lambda' },
  make: ({ account, region, now }, value) => {
    const timestamp = new Date(now).toISOString().replace('Z', '+0000')
    const metric = { namespace: value('namespace'), name: value('metric'), dimensions: {} }
    return {
      source: 'aws.cloudwatch',
      alarmArn: `arn:aws:cloudwatch:${region}:${account}:alarm:${value('alarm')}`,
      accountId: account,
      time: timestamp,
      region,
      alarmData: {
        alarmName: value('alarm'),
        state: { value: value('state'), reason: 'Threshold Crossed', timestamp },
        previousState: { value: 'OK', reason: 'Threshold was not crossed', timestamp },
        configuration: {
          metrics: [{ id: 'm1', metricStat: { metric, period: 60, stat: 'Sum' }, returnData: true }],
        },
      },
    }
  },
}

export const operationEvents: Readonly<Record<string, SampleEvent>> = {
  'cloudformation:create': cloudformation('Create'),
  'cloudformation:update': cloudformation('Update'),
  'cloudformation:delete': cloudformation('Delete'),
  'cloudwatch:alarm': alarm,
  codecommit,
  codepipeline,
  config,
  'ec2:state-change': ec2,
  ses,
}
