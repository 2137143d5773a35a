/** How one service words what every service has to say; everything that is not here is the protocol's usual way. */
export interface ServiceFacts {
  /** Stands before a modelled error's name in `__type`: `com.amazonaws.sqs#`. */
  readonly typePrefix: string
  /** Stands before the errors that are Coral's, not the service's: UnknownOperationException, SerializationException … */
  readonly commonTypePrefix: string
  /** The code of `1 validation error detected: …`; undefined where the service words broken limits itself. */
  readonly validationCode: string | undefined
  /** ISO 8601 always with milliseconds. */
  readonly milliseconds: boolean
  /** Answers carry `x-amz-crc32` of the body. */
  readonly crc32: boolean
  /** Bodies may be squeezed both ways. */
  readonly contentCodings: boolean
  /** Bytes of the largest body, where the service has a limit of its own. */
  readonly maximumBody: number | undefined
  /** Operations see blobs as they travel, as base64: an attribute value is then never converted on its way to the store. */
  readonly blobsAsText: boolean
  /** Request ids are 52 letters and digits, not UUIDs. */
  readonly longRequestIds: boolean
  /** A JSON body must be there; one that came as `application/json` is answered so (recorded by dynalite). */
  readonly plainJson: boolean
}

const usual: ServiceFacts = {
  typePrefix: '',
  commonTypePrefix: '',
  validationCode: 'ValidationException',
  milliseconds: false,
  crc32: false,
  contentCodings: false,
  maximumBody: undefined,
  blobsAsText: false,
  longRequestIds: false,
  plainJson: false,
}

const coral = { commonTypePrefix: 'com.amazon.coral.service#' }
const dynamodb = {
  ...coral,
  typePrefix: 'com.amazonaws.dynamodb.v20120810#',
  crc32: true,
  contentCodings: true,
  maximumBody: 16 * 1024 * 1024,
  blobsAsText: true,
  longRequestIds: true,
  plainJson: true,
}

/**
 * DynamoDB's prefixes and its checksum: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
 * and …/Programming.Errors.html. Codes: each service's "Common Errors" page. S3, SQS, SNS and API Gateway have wordings of
 * their own for each member, so their operations check.
 */
const differences: Readonly<Record<string, Partial<ServiceFacts>>> = {
  apigateway: { validationCode: 'BadRequestException' },
  apigatewaymanagementapi: { validationCode: undefined },
  apigatewayv2: { validationCode: 'BadRequestException' },
  cloudformation: { validationCode: 'ValidationError' },
  cloudwatch: { validationCode: 'ValidationError', typePrefix: 'com.amazonaws.cloudwatch#' },
  'cognito-idp': { validationCode: 'InvalidParameterException' },
  dynamodb,
  dynamodbstreams: dynamodb,
  iam: { validationCode: 'ValidationError' },
  logs: { validationCode: 'InvalidParameterException' },
  s3: { validationCode: undefined, milliseconds: true },
  ses: { validationCode: 'ValidationError' },
  sesv2: { validationCode: 'BadRequestException' },
  sns: { validationCode: undefined, milliseconds: true },
  sqs: { ...coral, validationCode: undefined, typePrefix: 'com.amazonaws.sqs#' },
  sts: { validationCode: 'ValidationError' },
}

/** The ways of one service. */
export function serviceFacts(id: string): ServiceFacts {
  return { ...usual, ...differences[id] }
}
