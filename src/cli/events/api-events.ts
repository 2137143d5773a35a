import type { SampleEvent } from './sample-events.ts'

const headers = {
  accept: '*/*',
  host: 'localhost:3000',
  'user-agent': 'lambdarium',
  'x-forwarded-for': '127.0.0.1',
  'x-forwarded-port': '443',
  'x-forwarded-proto': 'https',
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html */
const proxy: SampleEvent = {
  values: { method: 'GET', path: '/greeting', body: '', stage: 'dev' },
  make: ({ account, now, id }, value) => ({
    resource: '/{proxy+}',
    path: value('path'),
    httpMethod: value('method'),
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, [text]])),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: { proxy: value('path').replace(/^\//, '') },
    stageVariables: null,
    requestContext: {
      resourceId: '123456',
      resourcePath: '/{proxy+}',
      httpMethod: value('method'),
      extendedRequestId: id().slice(0, 16),
      requestTime: new Date(now).toUTCString(),
      path: `/${value('stage')}${value('path')}`,
      accountId: account,
      protocol: 'HTTP/1.1',
      stage: value('stage'),
      requestTimeEpoch: now,
      requestId: id(),
      identity: {
        cognitoIdentityPoolId: null,
        accountId: null,
        cognitoIdentityId: null,
        caller: null,
        sourceIp: '127.0.0.1',
        accessKey: null,
        cognitoAuthenticationType: null,
        cognitoAuthenticationProvider: null,
        userArn: null,
        userAgent: 'lambdarium',
        user: null,
      },
      apiId: '1234567890',
    },
    body: value('body') === '' ? null : value('body'),
    isBase64Encoded: false,
  }),
}

/** https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html */
const http: SampleEvent = {
  values: { method: 'GET', path: '/greeting', body: '' },
  make: ({ account, now, id }, value) => ({
    version: '2.0',
    routeKey: '$default',
    rawPath: value('path'),
    rawQueryString: '',
    headers,
    requestContext: {
      accountId: account,
      apiId: '1234567890',
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http: {
        method: value('method'),
        path: value('path'),
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'lambdarium',
      },
      requestId: id(),
      routeKey: '$default',
      stage: '$default',
      time: new Date(now).toUTCString(),
      timeEpoch: now,
    },
    ...(value('body') !== '' && { body: value('body') }),
    isBase64Encoded: false,
  }),
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-lambda-authorizer-input.html */
const authorizer: SampleEvent = {
  values: { token: 'allow', method: 'GET', path: '/greeting', stage: 'dev' },
  make: ({ account, region }, value) => ({
    type: 'TOKEN',
    authorizationToken: value('token'),
    methodArn: `arn:aws:execute-api:${region}:${account}:1234567890/${value('stage')}/${value('method')}${value('path')}`,
  }),
}

export const apiEvents: Readonly<Record<string, SampleEvent>> = {
  'apigateway:proxy': proxy,
  'apigateway:http': http,
  'apigateway:authorizer': authorizer,
  'lambda:url': http,
}
