import { AwsError } from '../../aws/index.ts'

/** S3's errors. Codes, texts and extra elements as recorded from AWS, else from the list of error codes:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const error = (
  code: string,
  statusCode: number,
  message: string,
  detail: Readonly<Record<string, unknown>> = {},
): AwsError => new AwsError(code, message, { statusCode, detail })

export const noSuchBucket = (name: string): AwsError =>
  error('NoSuchBucket', 404, 'The specified bucket does not exist', { BucketName: name })

export const noSuchKey = (key: string): AwsError =>
  error('NoSuchKey', 404, 'The specified key does not exist.', { Key: key })

export const noSuchVersion = (key: string, version: string): AwsError =>
  error('NoSuchVersion', 404, 'The specified version does not exist.', { Key: key, VersionId: version })

export const noSuchUpload = (upload: string): AwsError =>
  error(
    'NoSuchUpload',
    404,
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    { UploadId: upload },
  )

/** A key whose newest version is a delete marker: 404 that says so. */
export const deletedKey = (key: string, version: string): AwsError =>
  new AwsError('NoSuchKey', 'The specified key does not exist.', {
    statusCode: 404,
    detail: { Key: key },
    headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version },
  })

/** A delete marker asked for by its version. */
export const markerNotAllowed = (method: string, version: string, modified: number): AwsError =>
  new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
    statusCode: 405,
    detail: { Method: method, ResourceType: 'DeleteMarker' },
    headers: {
      'x-amz-delete-marker': 'true',
      'x-amz-version-id': version,
      Allow: 'DELETE',
      'Last-Modified': new Date(modified).toUTCString(),
    },
  })

export const bucketAlreadyExists = (name: string): AwsError =>
  error(
    'BucketAlreadyExists',
    409,
    'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
    { BucketName: name },
  )

export const bucketAlreadyOwnedByYou = (name: string): AwsError =>
  error(
    'BucketAlreadyOwnedByYou',
    409,
    'Your previous request to create the named bucket succeeded and you already own it.',
    { BucketName: name },
  )

export const bucketNotEmpty = (name: string, versioned: boolean): AwsError =>
  error(
    'BucketNotEmpty',
    409,
    `The bucket you tried to delete is not empty${versioned ? '. You must delete all versions in the bucket.' : ''}`,
    { BucketName: name },
  )

export const invalidBucketName = (name: string): AwsError =>
  error('InvalidBucketName', 400, 'The specified bucket is not valid.', { BucketName: name })

export const keyTooLong = (size: number): AwsError =>
  error('KeyTooLongError', 400, 'Your key is too long', { Size: size, MaxSizeAllowed: 1024 })

export const invalidLocationConstraint = (constraint: string): AwsError =>
  error('InvalidLocationConstraint', 400, 'The specified location-constraint is not valid', {
    LocationConstraint: constraint,
  })

export const illegalLocationConstraint = (constraint: string): AwsError =>
  error(
    'IllegalLocationConstraintException',
    400,
    `The ${constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  )

export const invalidArgument = (message: string, name?: string, value?: unknown): AwsError =>
  error('InvalidArgument', 400, message, {
    ...(name === undefined ? {} : { ArgumentName: name }),
    ...(value === undefined ? {} : { ArgumentValue: value }),
  })

export const invalidRequest = (message: string): AwsError => error('InvalidRequest', 400, message)

export const malformedXml = (): AwsError =>
  error(
    'MalformedXML',
    400,
    'The XML you provided was not well-formed or did not validate against our published schema',
  )

export const accessDenied = (message = 'Access Denied'): AwsError => error('AccessDenied', 403, message)

export const missingContentLength = (): AwsError =>
  error('MissingContentLength', 411, 'You must provide the Content-Length HTTP header.')

/** As the signature's check of chunked bodies says it. */
export const incompleteBody = (): AwsError =>
  error(
    'IncompleteBody',
    400,
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  )

export const missingSecurityHeader = (name: string): AwsError =>
  error('MissingSecurityHeader', 400, 'Your request was missing a required header', {
    MissingHeaderName: name,
  })

export const entityTooLarge = (proposed: number, allowed: number): AwsError =>
  error('EntityTooLarge', 400, 'Your proposed upload exceeds the maximum allowed size', {
    ProposedSize: proposed,
    MaxSizeAllowed: allowed,
  })

export const invalidDigest = (value: string): AwsError =>
  error('InvalidDigest', 400, 'The Content-MD5 you specified was invalid.', { 'Content-MD5': value })

/** What was expected is told in hexadecimal digits, of a part in base64; what came of it always in base64 (recorded). */
export const badDigest = (expected: string, calculated: string, ofPart: boolean): AwsError =>
  error('BadDigest', 400, 'The Content-MD5 you specified did not match what we received.', {
    ExpectedDigest: ofPart ? expected : Buffer.from(expected, 'base64').toString('hex'),
    CalculatedDigest: calculated,
  })

export const badChecksum = (algorithm: string): AwsError =>
  error('BadDigest', 400, `The ${algorithm} you specified did not match the calculated checksum.`)

export const invalidStorageClass = (requested: string): AwsError =>
  error('InvalidStorageClass', 400, 'The storage class you specified is not valid', {
    StorageClassRequested: requested,
  })

export const preconditionFailed = (condition: string): AwsError =>
  error('PreconditionFailed', 412, 'At least one of the pre-conditions you specified did not hold', {
    Condition: condition,
  })

export const conditionalRequestConflict = (condition: string, key: string): AwsError =>
  error(
    'ConditionalRequestConflict',
    409,
    'The conditional request cannot succeed due to a conflicting operation against this resource.',
    { Condition: condition, Key: key },
  )

export const headerNotImplemented = (header: string, additional: string): AwsError =>
  error('NotImplemented', 501, 'A header you provided implies functionality that is not implemented', {
    Header: header,
    additionalMessage: additional,
  })

/** A conditional read whose answer the client has already. */
export const notModified = (headers: Readonly<Record<string, string>>): AwsError =>
  new AwsError('NotModified', 'Not Modified', { statusCode: 304, headers })

export const invalidRange = (requested: string, size: number): AwsError =>
  error('InvalidRange', 416, 'The requested range is not satisfiable', {
    RangeRequested: requested,
    ActualObjectSize: size,
  })

export const invalidPartNumber = (requested: number, actual: number): AwsError =>
  error('InvalidPartNumber', 416, 'The requested partnumber is not satisfiable', {
    PartNumberRequested: requested,
    ActualPartCount: actual,
  })

export const entityTooSmall = (part: number, etag: string, size: number): AwsError =>
  error('EntityTooSmall', 400, 'Your proposed upload is smaller than the minimum allowed size', {
    ProposedSize: size,
    MinSizeAllowed: 5_242_880,
    PartNumber: part,
    ETag: etag,
  })

export const invalidPart = (upload: string, part: number, etag: string): AwsError =>
  error(
    'InvalidPart',
    400,
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    { UploadId: upload, PartNumber: part, ETag: etag },
  )

export const invalidPartOrder = (upload: string): AwsError =>
  error(
    'InvalidPartOrder',
    400,
    'The list of parts was not in ascending order. Parts must be ordered by part number.',
    { UploadId: upload },
  )

export const invalidTag = (message: string, detail: Readonly<Record<string, unknown>> = {}): AwsError =>
  error('InvalidTag', 400, message, detail)

export const invalidObjectState = (
  storageClass: string,
  message = "The operation is not valid for the object's storage class",
): AwsError => error('InvalidObjectState', 403, message, { StorageClass: storageClass })

export const invalidBucketState = (message: string): AwsError => error('InvalidBucketState', 409, message)

export const noSuchConfiguration = (code: string, message: string, bucket: string): AwsError =>
  error(code, 404, message, { BucketName: bucket })

export const metadataTooLarge = (size: number): AwsError =>
  error('MetadataTooLarge', 400, 'Your metadata headers exceed the maximum allowed metadata size', {
    Size: size,
    MaxSizeAllowed: 2048,
  })

/** What is not handed on to an engine. */
export const notImplementedByEngine = (operation: string): AwsError =>
  new AwsError(
    'NotImplemented',
    `${operation} is not handed on to the S3 engine; without --s3-endpoint it is answered here.`,
    { statusCode: 501 },
  )
