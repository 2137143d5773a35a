import type { Place } from '../problems.ts'
import type { Integration, IntegrationTarget } from '../snapshot.ts'
import type { ApiContext } from './api-context.ts'
import { checkStageVariables, hasStageVariables, stageText } from './stage-text.ts'

/**
 * Reads an integration's URI. Account, region and partition of Lambda ARNs do not matter: the function's name does.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html (uri)
 */
export function readTarget(
  api: ApiContext,
  type: Integration['type'],
  uri: string,
  place: Place,
): IntegrationTarget | undefined {
  if (type === 'MOCK') return { kind: 'mock' }
  checkStageVariables(api, uri, place)
  const { report } = api.reader
  if (type === 'HTTP' || type === 'HTTP_PROXY') {
    if (!/^https?:\/\//i.test(uri) && !uri.startsWith('${stageVariables.'))
      report.problem(
        'bad-uri',
        `An ${type} integration needs a URL, not ${JSON.stringify(uri)}`,
        place,
        hintOfVariable(uri) ?? 'Write the scheme too, for example https://example.com/pets/{id}.',
      )
    return { kind: 'http', uri: stageText(uri) }
  }
  const lambda = lambdaTarget(api, uri, place)
  if (lambda !== undefined) return lambda
  const service = /^arn:[^:]*:apigateway:([^:]*):([^:]+):(path|action)\/(.*)$/s.exec(uri)
  if (service === null) {
    report.problem(
      'bad-uri',
      `${JSON.stringify(uri)} is not the URI of an ${type} integration`,
      place,
      hintOfVariable(uri) ??
        'Lambda: arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{function ARN}/invocations.',
    )
    return undefined
  }
  const [, region = '', host = '', via, text = ''] = service
  const dot = host.lastIndexOf('.')
  return {
    kind: 'service',
    service: host.slice(dot + 1),
    ...(dot > 0 ? { subdomain: host.slice(0, dot) } : {}),
    region: region === '' ? api.options.region : region,
    via: via === 'action' ? 'action' : 'path',
    text: stageText(text),
  }
}

/** A Lambda function's invocation URI, or undefined where `uri` is none; the function is remembered to be looked up. */
export function lambdaTarget(
  api: ApiContext,
  uri: string,
  place: Place,
): Extract<IntegrationTarget, { kind: 'lambda' }> | undefined {
  const path = /^arn:[^:]*:apigateway:[^:]*:lambda:path\/+[\d-]+\/functions\/(.+?)\/invocations\/?$/s.exec(
    uri,
  )
  const bare = path === null ? /^(arn:[^:]*:lambda:[^:]*:[^:]*:function:.+)$/s.exec(uri) : null
  const named = (path ?? bare)?.[1]
  if (named === undefined) return undefined
  if (bare !== null)
    api.reader.report.finding(
      'warning',
      'bare-function-arn',
      'AWS takes the invocation URI of a function here, not its ARN alone',
      place,
      `Write arn:aws:apigateway:${api.options.region}:lambda:path/2015-03-31/functions/${named}/invocations.`,
    )
  const target = functionOf(named)
  api.functionUses.push({ functionName: target.functionName, written: target.written, place })
  return {
    kind: 'lambda',
    functionName: target.functionName,
    ...(target.qualifier === undefined ? {} : { qualifier: target.qualifier }),
  }
}

/** Files made to be filled in (by Terraform's templatefile, by a shell script) hold variables that nobody filled here. */
export function hintOfVariable(text: string): string | undefined {
  const variable = /\$\{(?!stageVariables\.)[^}]*\}/.exec(text)?.[0]
  return (
    variable && `Give it a value in the configuration: placeholders: { ${JSON.stringify(variable)}: '…' }.`
  )
}

/** `arn:…:function:name`, `name`, each with `:qualifier` or stage variables in any part. */
function functionOf(text: string) {
  const arn = /^(?:arn:[^:]*:lambda:[^:]*:[^:]*:)?(?:\d{12}:)?(?:function:)?(.+)$/s.exec(text)
  const rest = arn?.[1] ?? text
  if (!hasStageVariables(rest)) {
    const [name = '', qualifier] = rest.split(':', 2)
    return {
      written: name,
      functionName: stageText(name),
      ...(qualifier === undefined ? {} : { qualifier: stageText(qualifier) }),
    }
  }
  // A variable may hold `name:alias` or a whole ARN, so that the parts are known only once the stage is.
  const whole = stageText(rest)
  const parts = (variables: Readonly<Record<string, string>>): string[] =>
    whole(variables)
      .replace(/^arn:[^:]*:lambda:[^:]*:[^:]*:function:/, '')
      .split(':')
  return {
    written: rest,
    functionName: (variables: Readonly<Record<string, string>>) => parts(variables)[0] ?? '',
    qualifier: (variables: Readonly<Record<string, string>>) => parts(variables)[1] || undefined,
  }
}
