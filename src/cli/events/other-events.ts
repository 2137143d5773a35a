import type { SampleEvent } from './sample-events.ts'

/** https://docs.aws.amazon.com/lambda/latest/dg/with-eventbridge-scheduler.html */
const scheduled: SampleEvent = {
  values: { rule: 'example-rule' },
  make: ({ account, region, now, id }, value) => ({
    version: '0',
    id: id(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account,
    time: `${new Date(now).toISOString().slice(0, 19)}Z`,
    region,
    resources: [`arn:aws:events:${region}:${account}:rule/${value('rule')}`],
    detail: {},
  }),
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html */
const custom: SampleEvent = {
  values: { source: 'my.app', 'detail-type': 'Example', detail: '{}' },
  make: ({ account, region, now, id }, value) => ({
    version: '0',
    id: id(),
    'detail-type': value('detail-type'),
    source: value('source'),
    account,
    time: `${new Date(now).toISOString().slice(0, 19)}Z`,
    region,
    resources: [],
    detail: JSON.parse(value('detail')) as unknown,
  }),
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html */
const cognito = (triggerSource: string, request: object, response: object): SampleEvent => ({
  values: { pool: 'us-east-1_example', user: 'example', email: 'user@example.com' },
  make: ({ region }, value) => ({
    version: '1',
    region,
    userPoolId: value('pool'),
    userName: value('user'),
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'example' },
    triggerSource,
    request: { userAttributes: { email: value('email') }, ...request },
    response,
  }),
})

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html */
const rotation: SampleEvent = {
  values: { secret: 'example', step: 'createSecret' },
  make: ({ account, region, id }, value) => ({
    Step: value('step'),
    SecretId: `arn:aws:secretsmanager:${region}:${account}:secret:${value('secret')}-a1b2c3`,
    ClientRequestToken: id(),
    RotationToken: id(),
  }),
}

export const otherEvents: Readonly<Record<string, SampleEvent>> = {
  scheduled,
  eventbridge: custom,
  'cognito:presignup': cognito(
    'PreSignUp_SignUp',
    { validationData: {} },
    { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  ),
  'cognito:postconfirmation': cognito('PostConfirmation_ConfirmSignUp', {}, {}),
  'cognito:preauthentication': cognito('PreAuthentication_Authentication', { validationData: {} }, {}),
  'cognito:postauthentication': cognito('PostAuthentication_Authentication', { newDeviceUsed: false }, {}),
  'cognito:custommessage': cognito(
    'CustomMessage_SignUp',
    { codeParameter: '####', usernameParameter: 'username' },
    { smsMessage: null, emailMessage: null, emailSubject: null },
  ),
  'cognito:pretoken': cognito(
    'TokenGeneration_Authentication',
    { groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null } },
    { claimsOverrideDetails: null },
  ),
  'cognito:usermigration': cognito(
    'UserMigration_Authentication',
    { password: 'example', validationData: null },
    { userAttributes: null, finalUserStatus: null, messageAction: null, desiredDeliveryMediums: null },
  ),
  'cognito:defineauthchallenge': cognito(
    'DefineAuthChallenge_Authentication',
    { session: [] },
    { challengeName: null, issueTokens: null, failAuthentication: null },
  ),
  'cognito:createauthchallenge': cognito(
    'CreateAuthChallenge_Authentication',
    { challengeName: 'CUSTOM_CHALLENGE', session: [] },
    { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null },
  ),
  'cognito:verifyauthchallenge': cognito(
    'VerifyAuthChallengeResponse_Authentication',
    { privateChallengeParameters: { answer: 'example' }, challengeAnswer: 'example' },
    { answerCorrect: null },
  ),
  'secretsmanager:rotation': rotation,
}
