import type { SampleEvent } from './sample-events.ts'

const headers = { accept: '*/*', host: 'example.com', 'user-agent': 'lambdarium' }

/** https://docs.aws.amazon.com/lambda/latest/dg/services-alb.html */
const alb: SampleEvent = {
  values: { method: 'GET', path: '/greeting', body: '', group: 'example' },
  make: ({ account, region }, value) => ({
    requestContext: {
      elb: {
        targetGroupArn: `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/${value('group')}/0123456789abcdef`,
      },
    },
    httpMethod: value('method'),
    path: value('path'),
    queryStringParameters: {},
    headers: {
      ...headers,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-port': '80',
      'x-forwarded-proto': 'http',
    },
    body: value('body'),
    isBase64Encoded: false,
  }),
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html */
const cloudfront = (eventType: string): SampleEvent => ({
  values: { method: 'GET', path: '/picture.jpg', distribution: 'EXAMPLE' },
  make: ({ id }, value) => {
    const line = (name: string, text: string) => ({ [name.toLowerCase()]: [{ key: name, value: text }] })
    const response = eventType.endsWith('response') && {
      response: {
        status: '200',
        statusDescription: 'OK',
        headers: { ...line('Content-Type', 'image/jpeg'), ...line('Server', 'AmazonS3') },
      },
    }
    const origin = eventType.startsWith('origin') && {
      origin: {
        s3: {
          authMethod: 'none',
          customHeaders: {},
          domainName: 'example-bucket.s3.amazonaws.com',
          path: '',
        },
      },
    }
    return {
      Records: [
        {
          cf: {
            config: {
              distributionDomainName: `${value('distribution').toLowerCase()}.cloudfront.net`,
              distributionId: value('distribution'),
              eventType,
              requestId: id(),
            },
            request: {
              clientIp: '127.0.0.1',
              headers: { ...line('Host', 'example.com'), ...line('User-Agent', 'lambdarium') },
              method: value('method'),
              querystring: '',
              uri: value('path'),
              ...origin,
            },
            ...response,
          },
        },
      ],
    }
  },
})

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html */
const websocket = (eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT'): SampleEvent => ({
  values: { route: `$${eventType.toLowerCase()}`, body: '{"action":"hello"}', stage: 'dev' },
  make: ({ now, id }, value) => {
    const connectionId = id().slice(0, 12)
    return {
      ...(eventType !== 'MESSAGE' && { headers }),
      requestContext: {
        routeKey: eventType === 'MESSAGE' ? '$default' : value('route'),
        eventType,
        ...(eventType === 'MESSAGE' && { messageId: id().slice(0, 12) }),
        extendedRequestId: id().slice(0, 16),
        requestTime: new Date(now).toUTCString(),
        messageDirection: 'IN',
        stage: value('stage'),
        connectedAt: now,
        requestTimeEpoch: now,
        identity: { sourceIp: '127.0.0.1' },
        requestId: id().slice(0, 16),
        domainName: 'localhost',
        connectionId,
        apiId: '1234567890',
      },
      ...(eventType === 'MESSAGE' && { body: value('body') }),
      isBase64Encoded: false,
    }
  },
})

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-lambda-authorizer-input.html */
const requestAuthorizer: SampleEvent = {
  values: { method: 'GET', path: '/greeting', stage: 'dev', token: 'allow' },
  make: ({ account, region }, value) => ({
    type: 'REQUEST',
    methodArn: `arn:aws:execute-api:${region}:${account}:1234567890/${value('stage')}/${value('method')}${value('path')}`,
    resource: value('path'),
    path: value('path'),
    httpMethod: value('method'),
    headers: { ...headers, Authorization: value('token') },
    queryStringParameters: {},
    pathParameters: {},
    stageVariables: {},
    requestContext: {
      path: value('path'),
      accountId: account,
      resourceId: '123456',
      stage: value('stage'),
      requestId: '00000000-0000-0000-0000-000000000000',
      identity: { apiKey: null, sourceIp: '127.0.0.1' },
      resourcePath: value('path'),
      httpMethod: value('method'),
      apiId: '1234567890',
    },
  }),
}

/** https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference.html */
const appsync: SampleEvent = {
  values: { type: 'Query', field: 'getPost', arguments: '{"id":"1"}' },
  make: (_facts, value) => ({
    arguments: JSON.parse(value('arguments')) as unknown,
    identity: null,
    source: null,
    request: { headers, domainName: null },
    prev: null,
    info: {
      selectionSetList: ['id'],
      selectionSetGraphQL: '{\n  id\n}',
      parentTypeName: value('type'),
      fieldName: value('field'),
      variables: {},
    },
    stash: {},
  }),
}

/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html */
const lattice: SampleEvent = {
  values: { method: 'GET', path: '/greeting', body: '' },
  make: ({ account, region, now }, value) => ({
    version: '2.0',
    path: value('path'),
    method: value('method'),
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, [text]])),
    ...(value('body') !== '' && { body: value('body'), isBase64Encoded: false }),
    requestContext: {
      serviceNetworkArn: `arn:aws:vpc-lattice:${region}:${account}:servicenetwork/sn-0123456789abcdef0`,
      serviceArn: `arn:aws:vpc-lattice:${region}:${account}:service/svc-0123456789abcdef0`,
      targetGroupArn: `arn:aws:vpc-lattice:${region}:${account}:targetgroup/tg-0123456789abcdef0`,
      identity: { sourceVpcArn: `arn:aws:ec2:${region}:${account}:vpc/vpc-0123456789abcdef0` },
      region,
      timeEpoch: String(now * 1000),
    },
  }),
}

export const edgeEvents: Readonly<Record<string, SampleEvent>> = {
  'apigateway:request-authorizer': requestAuthorizer,
  'apigateway:websocket-connect': websocket('CONNECT'),
  'apigateway:websocket-message': websocket('MESSAGE'),
  'apigateway:websocket-disconnect': websocket('DISCONNECT'),
  alb,
  appsync,
  'cloudfront:viewer-request': cloudfront('viewer-request'),
  'cloudfront:origin-request': cloudfront('origin-request'),
  'cloudfront:origin-response': cloudfront('origin-response'),
  'cloudfront:viewer-response': cloudfront('viewer-response'),
  'vpc-lattice': lattice,
}
