import { AwsError } from '../aws-error.ts'
import type { ProtocolName } from '../door-contract.ts'
import { loadServiceFaces, type ServiceFace } from '../service-model.ts'
import type { ServiceWire, ServiceWires } from './codecs.ts'
import { credentialScope } from './credential-scope.ts'
import { parseQuery } from './request-url.ts'
import type { Routable } from './routes.ts'
import { bucketOfHost, s3Path } from './s3-address.ts'

/** Which service a request is for, in which protocol, and which of its operations. */
export interface Resolved {
  readonly wire: ServiceWire
  readonly protocol: ProtocolName
  /** Undefined where the service has no such operation: then `error` is what it would answer. */
  readonly operation: string | undefined
  readonly labels: Readonly<Record<string, string>>
  /** The path as the protocol sees it: `/bucket/key` also where the bucket stood in the host. */
  readonly path: string
  readonly error?: AwsError
}

const noLabels: Resolved['labels'] = {}

/** A request on the AWS door, before anything is known of it. `form` reads the body's text, where it is a form. */
export interface Addressed extends Routable {
  readonly form: () => string
}

/** Finds the service and the operation of requests; a door has one. */
export function createResolver(wires: ServiceWires): (request: Addressed) => Resolved {
  const faces = loadServiceFaces()
  const byTarget = new Map(faces.map(face => [face.target, face]))
  /** Services that share a signing name are told apart by their paths. */
  const bySigning = new Map<string, ServiceFace[]>()
  for (const face of faces)
    bySigning.set(face.signingName, [...(bySigning.get(face.signingName) ?? []), face])

  function named(face: ServiceFace, protocol: ProtocolName, operation: string, path: string): Resolved {
    const wire = wires(face.id)
    if (Object.hasOwn(wire.linked.service.operations, operation))
      return { wire, protocol, operation, labels: noLabels, path }
    const error = unknownOperation(protocol, operation, face.apiVersion)
    return { wire, protocol, operation: undefined, labels: noLabels, path, error }
  }

  function routed(face: ServiceFace, request: Routable, path: string): Resolved {
    const wire = wires(face.id)
    const found = wire.route({ ...request, path })
    if (found !== undefined)
      return { wire, protocol: face.protocol, operation: found.operation, labels: found.labels, path }
    const error = unknownRoute(face.protocol)
    return { wire, protocol: face.protocol, operation: undefined, labels: {}, path, error }
  }

  function query(request: Addressed, signingName: string | undefined): Resolved | undefined {
    let parameters = request.query
    if (isForm(request)) parameters = [...parameters, ...parseQuery(request.form())]
    const action = parameterOf(parameters, 'Action')
    if (action === undefined) return undefined
    const version = parameterOf(parameters, 'Version')
    const speakers = faces.filter(speaksQuery)
    const face =
      speakers.find(candidate => candidate.signingName === signingName) ??
      (signingName === undefined ? speakers.find(candidate => candidate.apiVersion === version) : undefined)
    return face === undefined ? undefined : named(face, 'awsQuery', action, request.path)
  }

  function rest(request: Addressed, signingName: string): Resolved | undefined {
    let first: Resolved | undefined
    for (const face of bySigning.get(signingName) ?? []) {
      if (face.protocol !== 'restJson1') continue
      const found = routed(face, request, request.path)
      if (found.operation !== undefined) return found
      first ??= found
    }
    return first
  }

  return request => {
    const target = request.headers['x-amz-target']
    if (target !== undefined) {
      const dot = target.lastIndexOf('.')
      const face = byTarget.get(target.slice(0, dot))
      if (face === undefined) throw noSuchService(`X-Amz-Target ${target}`)
      return named(face, jsonOf(face, request.headers['content-type']), target.slice(dot + 1), request.path)
    }
    const rpc = /^\/service\/([^/]+)\/operation\/([^/]+)$/.exec(request.path)
    if (rpc !== null && request.headers['smithy-protocol'] === 'rpc-v2-cbor') {
      const face = byTarget.get(rpc[1] ?? '')
      if (face === undefined) throw noSuchService(`service ${rpc[1]}`)
      return named(face, 'rpcv2Cbor', rpc[2] ?? '', request.path)
    }
    const scope = credentialScope(request.headers, request.query)
    const byQuery = query(request, scope?.signingName)
    if (byQuery !== undefined) return byQuery
    const signingName = scope?.signingName ?? unsignedName(request) ?? 's3'
    const byPath = rest(request, signingName)
    if (byPath !== undefined) return byPath
    const face = bySigning.get(s3Names.has(signingName) ? 's3' : signingName)?.[0]
    if (face === undefined) throw noSuchService(`signing name ${signingName}`)
    if (face.protocol === 'restXml')
      return routed(face, request, s3Path(request.path, request.headers['host']))
    const protocol = isForm(request) && speaksQuery(face) ? 'awsQuery' : face.protocol
    const error = unknownOperation(protocol, '', face.apiVersion)
    return { wire: wires(face.id), protocol, operation: undefined, labels: {}, path: request.path, error }
  }
}

function isForm({ method, headers }: Addressed): boolean {
  return (
    method === 'POST' && headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
  )
}

/**
 * Whose an unsigned request is, where its path cannot be a bucket's: Lambda's and the mail service's begin with a date
 * or a version, which is no bucket's name, and API Gateway's with a word of its own.
 */
function unsignedName({ method, path, headers }: Routable): string | undefined {
  if (bucketOfHost(headers['host']) !== undefined) return undefined
  const first = path.slice(1, path.indexOf('/', 1) < 0 ? undefined : path.indexOf('/', 1))
  if (/^20\d\d-\d\d-\d\d$/.test(first)) return 'lambda'
  if (first === 'restapis' || path.startsWith('/v2/apis')) return 'apigateway'
  if (path.startsWith('/v2/email/')) return 'ses'
  // A JSON service's, without a target: whose is not said, so the one answers whose words for it are known.
  const contentType = headers['content-type']
  const mayBeJson =
    contentType === undefined ? headers['content-length'] === '0' : jsonTypes.test(contentType)
  return method === 'POST' && path === '/' && mayBeJson ? 'dynamodb' : undefined
}

const jsonTypes = /^\s*application\/(?:x-amz-json-1\.0|json)\s*(?:;|$)/

/** S3's other endpoints sign with names of their own. */
const s3Names: ReadonlySet<string> = new Set(['s3express', 's3-object-lambda', 's3-outposts'])

function speaksQuery(face: ServiceFace): boolean {
  return face.protocol === 'awsQuery' || face.queryCompatible === true
}

function parameterOf(parameters: Routable['query'], name: string): string | undefined {
  return parameters.find(([key]) => key === name)?.[1]
}

/** A JSON service answers in the version that it was asked in. */
function jsonOf(face: ServiceFace, contentType: string | undefined): ProtocolName {
  if (contentType?.startsWith('application/x-amz-json-1.0') === true) return 'awsJson1_0'
  if (contentType?.startsWith('application/x-amz-json-1.1') === true) return 'awsJson1_1'
  return face.protocol === 'awsJson1_1' ? 'awsJson1_1' : 'awsJson1_0'
}

function unknownOperation(protocol: ProtocolName, operation: string, version: string): AwsError {
  if (protocol !== 'awsQuery') return new AwsError('UnknownOperationException', '', { statusCode: 400 })
  const message =
    operation === '' ? 'Missing Action' : `Could not find operation ${operation} for version ${version}`
  return new AwsError(operation === '' ? 'MissingAction' : 'InvalidAction', message, { statusCode: 400 })
}

function unknownRoute(protocol: ProtocolName): AwsError {
  if (protocol === 'restXml')
    return new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
      statusCode: 405,
    })
  return new AwsError('UnknownOperationException', '', { statusCode: 404 })
}

function noSuchService(what: string): AwsError {
  return new AwsError('NotImplementedException', `Lambdarium emulates no service with ${what}.`, {
    statusCode: 501,
  })
}
