import type { SampleEvent } from './sample-events.ts'

/** https://docs.aws.amazon.com/lexv2/latest/dg/lambda-input-format.html */
const lex: SampleEvent = {
  values: { bot: 'example', intent: 'BookHotel', text: 'a room in Rome' },
  make: ({ id }, value) => {
    const intent = {
      name: value('intent'),
      slots: {},
      state: 'InProgress',
      confirmationState: 'None',
    }
    return {
      messageVersion: '1.0',
      invocationSource: 'DialogCodeHook',
      inputMode: 'Text',
      responseContentType: 'text/plain',
      sessionId: id(),
      inputTranscript: value('text'),
      bot: {
        id: 'EXAMPLE123',
        name: value('bot'),
        aliasId: 'TSTALIASID',
        aliasName: 'TestBotAlias',
        localeId: 'en_US',
        version: 'DRAFT',
      },
      interpretations: [{ intent, interpretationSource: 'Lex', nluConfidence: 0.9 }],
      proposedNextState: { dialogAction: { type: 'Close' }, intent },
      requestAttributes: {},
      sessionState: { activeContexts: [], sessionAttributes: {}, intent, originatingRequestId: id() },
      transcriptions: [{ transcription: value('text'), transcriptionConfidence: 1 }],
    }
  },
}

/** https://developer.amazon.com/docs/alexa/custom-skills/request-and-response-json-reference.html */
const alexa: SampleEvent = {
  values: { intent: 'HelloIntent', locale: 'en-US' },
  make: ({ now, id }, value) => {
    const application = { applicationId: 'amzn1.ask.skill.example' }
    const user = { userId: 'amzn1.ask.account.EXAMPLE' }
    return {
      version: '1.0',
      session: {
        new: true,
        sessionId: `amzn1.echo-api.session.${id()}`,
        application,
        attributes: {},
        user,
      },
      context: {
        System: {
          application,
          user,
          device: { supportedInterfaces: {} },
          apiEndpoint: 'https://api.amazonalexa.com',
        },
      },
      request: {
        type: 'IntentRequest',
        requestId: `amzn1.echo-api.request.${id()}`,
        timestamp: new Date(now).toISOString(),
        locale: value('locale'),
        intent: { name: value('intent'), confirmationStatus: 'NONE', slots: {} },
      },
    }
  },
}

/** https://docs.aws.amazon.com/connect/latest/adminguide/connect-lambda-functions.html */
const connect: SampleEvent = {
  values: { number: '+10000000000', parameters: '{}' },
  make: ({ account, region, id }, value) => ({
    Details: {
      ContactData: {
        Attributes: {},
        Channel: 'VOICE',
        ContactId: id(),
        CustomerEndpoint: { Address: value('number'), Type: 'TELEPHONE_NUMBER' },
        InitialContactId: id(),
        InitiationMethod: 'INBOUND',
        InstanceARN: `arn:aws:connect:${region}:${account}:instance/${id()}`,
        PreviousContactId: id(),
        Queue: null,
        SystemEndpoint: { Address: '+10000000001', Type: 'TELEPHONE_NUMBER' },
      },
      Parameters: JSON.parse(value('parameters')) as unknown,
    },
    Name: 'ContactFlowEvent',
  }),
}

/** A rule of AWS IoT hands the message on as it is: https://docs.aws.amazon.com/iot/latest/developerguide/lambda-rule-action.html */
const iot: SampleEvent = {
  values: { message: '{"temperature":21}' },
  make: (_facts, value) => JSON.parse(value('message')) as unknown,
}

export const deviceEvents: Readonly<Record<string, SampleEvent>> = { alexa, connect, iot, lex }
