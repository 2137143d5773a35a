import { request } from 'node:http'
import aws4 from 'aws4'
import { type Config, currentEnvironment } from '../config/index.ts'
import { UserError } from '../lib/index.ts'

/** What a request is signed with. */
export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/**
 * The credentials of whoever `as` names: an access key of the configuration or of the environment, or a role (ARN or
 * name), which is assumed at the running simulator. Without `as`: the first of the configuration.
 */
export async function credentialsFor(
  as: string | undefined,
  config: Config,
  awsUrl = `http://${config.host}:${config.awsPort}`,
): Promise<Credentials> {
  const root = config.credentials[0]
  if (root === undefined) throw new UserError('no-credentials', 'The configuration has no credentials')
  const found = as === undefined ? root : config.credentials.find(each => each.accessKeyId === as)
  if (found !== undefined) return found
  const environment = currentEnvironment()
  if (environment['AWS_ACCESS_KEY_ID'] === as) {
    return {
      accessKeyId: as ?? '',
      secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '',
      ...(environment['AWS_SESSION_TOKEN'] ? { sessionToken: environment['AWS_SESSION_TOKEN'] } : {}),
    }
  }
  if (/^(?:AKIA|ASIA)[A-Z0-9]{12,}$/.test(as ?? '')) {
    throw new UserError('unknown-access-key', `Nobody told the secret of ${as}`, {
      hint: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or add it to `credentials` in lambdarium.config',
    })
  }
  return assumeRole(String(as), root, config, awsUrl)
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
async function assumeRole(
  role: string,
  caller: Credentials,
  { account, region }: Config,
  awsUrl: string,
): Promise<Credentials> {
  const url = new URL(awsUrl)
  const arn = role.startsWith('arn:') ? role : `arn:aws:iam::${account}:role/${role}`
  const body = new URLSearchParams({
    Action: 'AssumeRole',
    Version: '2011-06-15',
    RoleArn: arn,
    RoleSessionName: 'lambdarium-request',
  }).toString()
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const outgoing = aws4.sign(
    { host: url.host, method: 'POST', path: '/', service: 'sts', region, headers, body },
    caller,
  )
  const text = await new Promise<string>((resolve, reject) => {
    const sent = request(
      {
        hostname: url.hostname,
        port: url.port,
        method: 'POST',
        path: '/',
        headers: outgoing.headers,
        agent: false,
      },
      async answer => {
        let received = ''
        for await (const chunk of answer.setEncoding('utf8')) received += chunk
        resolve(received)
      },
    )
    sent.once('error', cause =>
      reject(
        new UserError('not-running', `Nothing answers on ${url.origin}, so ${arn} cannot be assumed`, {
          hint: 'Start it with `lambdarium start`',
          cause,
        }),
      ),
    )
    sent.end(body)
  })
  const member = (name: string): string | undefined =>
    new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1]
  const [accessKeyId, secretAccessKey, sessionToken] = ['AccessKeyId', 'SecretAccessKey', 'SessionToken'].map(
    member,
  )
  if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined) {
    throw new UserError('role-not-assumed', `${arn} cannot be assumed: ${member('Message') ?? text}`)
  }
  return { accessKeyId, secretAccessKey, sessionToken }
}
