import { createHash } from 'node:crypto'
import { AwsError } from '../../../aws/index.ts'
import type { Reader } from '../../../stores/index.ts'
import { configuration } from '../buckets/configuration.ts'
import { accessDenied, invalidArgument, invalidRequest } from '../errors.ts'
import type { Encryption, ObjectRecord } from './object-record.ts'

/** What a write may ask of encryption. */
export interface EncryptionInput {
  readonly ServerSideEncryption?: string | undefined
  readonly SSEKMSKeyId?: string | undefined
  readonly SSEKMSEncryptionContext?: string | undefined
  readonly BucketKeyEnabled?: boolean | undefined
  readonly SSECustomerAlgorithm?: string | undefined
  readonly SSECustomerKey?: string | undefined
  readonly SSECustomerKeyMD5?: string | undefined
}

interface DefaultEncryption {
  readonly Rules?: readonly {
    readonly ApplyServerSideEncryptionByDefault?: {
      readonly SSEAlgorithm?: string
      readonly KMSMasterKeyID?: string
    }
    readonly BucketKeyEnabled?: boolean
  }[]
}

const header = 'x-amz-server-side-encryption'

/** Checks the headers of a customer's own key; answers its MD5. Texts and the one argument's name recorded. */
export function customerKey(input: EncryptionInput): string | undefined {
  const { SSECustomerAlgorithm: algorithm, SSECustomerKey: key, SSECustomerKeyMD5: md5 } = input
  if (algorithm === undefined && key === undefined && md5 === undefined) return undefined
  const must = (what: string): string =>
    `Requests specifying Server Side Encryption with Customer provided keys must provide ${what}.`
  if (algorithm === undefined) throw invalidArgument(must('a valid encryption algorithm'), header)
  if (input.ServerSideEncryption)
    throw invalidArgument(
      'Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
      header,
      input.ServerSideEncryption,
    )
  if (algorithm !== 'AES256')
    throw new AwsError(
      'InvalidEncryptionAlgorithmError',
      'The Encryption request you specified is not valid. Supported value: AES256.',
      { statusCode: 400, detail: { ArgumentName: header, ArgumentValue: algorithm } },
    )
  if (key === undefined) throw invalidArgument(must('an appropriate secret key'), header)
  if (md5 === undefined) throw invalidArgument(must('the client calculated MD5 of the secret key'), header)
  const bytes = Buffer.from(key, 'base64')
  if (bytes.length !== 32)
    throw invalidArgument('The secret key was invalid for the specified algorithm.', header)
  if (createHash('md5').update(bytes).digest('base64') !== md5)
    throw invalidArgument(
      'The calculated MD5 hash of the key did not match the hash that was provided.',
      header,
    )
  return md5
}

/** The encryption that a new object is said to have: what was asked for, else the bucket's default, else S3's own. */
export function newEncryption(
  reader: Reader,
  bucket: { readonly name: string; readonly account: string; readonly region: string },
  input: EncryptionInput,
): Encryption {
  const customerKeyMD5 = customerKey(input)
  if (customerKeyMD5 !== undefined) return { algorithm: 'AES256', customerKeyMD5 }
  const keyArn = (id: string | undefined): string => {
    if (id?.startsWith('arn:')) return id
    return `arn:aws:kms:${bucket.region}:${bucket.account}:${id?.startsWith('alias/') ? id : `key/${id ?? 'aws-s3'}`}`
  }
  const rule = configuration<DefaultEncryption>(reader, bucket.name, 'encryption')?.Rules?.[0]
  const byDefault = rule?.ApplyServerSideEncryptionByDefault
  const algorithm = input.ServerSideEncryption || (byDefault?.SSEAlgorithm ?? 'AES256')
  if (!['AES256', 'aws:kms', 'aws:kms:dsse'].includes(algorithm))
    throw new AwsError(
      'InvalidEncryptionAlgorithmError',
      'The Encryption request you specified is not valid. Supported value: AES256.',
      { statusCode: 400, detail: { ArgumentName: 'x-amz-server-side-encryption', ArgumentValue: algorithm } },
    )
  if (algorithm === 'AES256') {
    if (input.SSEKMSKeyId !== undefined)
      throw invalidArgument(
        'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
        'x-amz-server-side-encryption',
        input.ServerSideEncryption ?? 'null',
      )
    return { algorithm }
  }
  const bucketKey = input.BucketKeyEnabled ?? rule?.BucketKeyEnabled
  return {
    algorithm,
    kmsKeyId: keyArn(
      input.SSEKMSKeyId ?? (input.ServerSideEncryption ? undefined : byDefault?.KMSMasterKeyID),
    ),
    ...(bucketKey ? { bucketKey } : {}),
  }
}

/** Refuses to read what a customer's key encrypted, without that key. */
export function checkCustomerKey(record: ObjectRecord, input: EncryptionInput): void {
  const kept = record.encryption?.customerKeyMD5
  // A key that is too long can only be another one (recorded).
  if (kept !== undefined && Buffer.from(input.SSECustomerKey ?? '', 'base64').length > 32) throw wrongKey()
  const given = customerKey(input)
  if (kept === given) return
  if (given === undefined)
    throw invalidRequest(
      'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
    )
  if (kept === undefined) throw invalidRequest('The encryption parameters are not applicable to this object.')
  throw wrongKey()
}

const wrongKey = (): AwsError =>
  accessDenied(
    'Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.',
  )

/** How an answer shows an object's encryption. */
export function encryptionMembers(encryption: Encryption | undefined) {
  if (encryption === undefined) return {}
  const { algorithm, customerKeyMD5, kmsKeyId, bucketKey } = encryption
  if (customerKeyMD5 !== undefined)
    return { SSECustomerAlgorithm: algorithm, SSECustomerKeyMD5: customerKeyMD5 }
  return {
    ServerSideEncryption: algorithm as 'AES256',
    ...(kmsKeyId === undefined ? {} : { SSEKMSKeyId: kmsKeyId }),
    ...(bucketKey ? { BucketKeyEnabled: true } : {}),
  }
}
