import { AwsError, type Identity } from '../aws/index.ts'
import type { Config } from '../config/index.ts'
import type { Clock, FunctionHost, Functions, Ids, Journal, Logger } from '../ports/index.ts'
import type { SideDoor } from '../server/index.ts'
import {
  createFunctionUrls,
  type Packages,
  packagePath,
  type UrlAuthorizer,
  type UrlReply,
} from '../services/index.ts'
import type { Store } from '../stores/index.ts'

interface Parts {
  readonly store: Store
  readonly functions: Functions
  readonly host: Pick<FunctionHost, 'project'>
  readonly journal: Journal
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Logger
  readonly account: string
  readonly region: string
  readonly auth: Config['auth']
  readonly identity: Pick<Identity, 'authenticator' | 'authorizer'>
  readonly packages: Packages
}

const hostPattern = /^([a-z0-9]{32})\.lambda-url\.[a-z0-9-]+\./
const pathPattern = /^\/_lambdarium\/urls\/([a-z0-9]{32})(?=[/?]|$)/

/** Function URLs, by host name and by path, and the archives that GetFunction points to: on the AWS door, but no operations. */
export function functionDoors(parts: Parts): SideDoor[] {
  const { clock, ids, identity, packages, account, region, journal } = parts
  const urls = createFunctionUrls(parts)
  return [
    {
      owns: ({ host, rawUrl }) => hostPattern.test(host) || pathPattern.test(rawUrl),
      async handle(call) {
        const named = hostPattern.exec(call.host)
        const inPath = named ? null : pathPattern.exec(call.rawUrl)
        const id = named?.[1] ?? inPath?.[1] ?? ''
        const rest = inPath ? call.rawUrl.slice(inPath[0].length) : call.rawUrl
        const rawUrl = rest.startsWith('/') ? rest : `/${rest}`
        const requestId = ids.uuid()
        const authorize: UrlAuthorizer = async ({ functionArn, resourcePolicy }) => {
          const { authenticator, authorizer } = identity
          if (authenticator === undefined)
            return { accessKeyId: '', account, arn: `arn:aws:iam::${account}:root`, userId: account }
          const facts = { ...call, signingName: 'lambda', protocol: 'restJson1' as const, service: 'lambda' }
          const now = clock.now()
          const { principal } = await authenticator.authenticate({
            ...facts,
            operation: undefined,
            signatureOptional: false,
            now,
            requestId,
          })
          if (principal.kind === 'anonymous')
            throw new AwsError('MissingAuthenticationToken', 'nobody signed')
          await authorizer?.authorize({
            principal,
            // Both are needed since October 2025: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
            access: ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'].map(action => ({
              action,
              resources: [functionArn],
              resourceAccount: functionArn.split(':')[4] ?? account,
              conditions: {
                'lambda:FunctionUrlAuthType': 'AWS_IAM',
                'lambda:InvokedViaFunctionUrl': 'true',
              },
              ...(resourcePolicy !== undefined && { resourcePolicy }),
            })),
            service: 'lambda',
            operation: 'InvokeFunctionUrl',
            protocol: 'restJson1',
            account,
            region,
            sourceIp: call.sourceIp,
            secure: call.secure,
            userAgent: call.headers['user-agent'],
            now,
            requestId,
          })
          const { accessKeyId = '', arn, userId } = principal
          return { accessKeyId, account: principal.account, arn, userId }
        }
        const { method, sourceIp } = call
        const entry = journal.begin(
          'request',
          { method, url: rawUrl, function: await urls.functionOf(id), functionUrl: id, sourceIp, requestId },
          journal.causeOf(call.headers['x-amzn-trace-id']),
        )
        try {
          const reply = await urls.handle(id, { ...call, rawUrl, requestId }, authorize, entry.id)
          entry.finish({ status: reply.status })
          const own = [
            ['x-amzn-requestid', requestId],
            ['x-lambdarium-trace', entry.id],
          ] as const
          return { ...reply, headers: [...reply.headers, ...own] }
        } catch (error) {
          entry.finish({ status: 500, error })
          throw error
        }
      },
    },
    {
      owns: ({ rawUrl }) => rawUrl.startsWith(packagePath),
      async handle({ rawUrl }): Promise<UrlReply> {
        const archive = await packages.archiveOf(rawUrl.slice(packagePath.length).split('?')[0] ?? '')
        if (archive === undefined)
          return {
            status: 404,
            headers: [['content-type', 'text/plain']],
            body: Buffer.from('There is no such package.\n'),
          }
        return { status: 200, headers: [['content-type', 'application/zip']], body: archive }
      },
    },
  ]
}
