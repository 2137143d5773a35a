import { join } from 'node:path'
import { runningSimulator } from '../../config/index.ts'
import { configFlagsNamed } from '../config-flags.ts'
import type { Command } from '../flag.ts'
import { usageProblem } from '../parse-arguments.ts'
import { type ShellName, shellNames, shellText } from '../print/shell-text.ts'
import { projectConfig } from '../project-config.ts'
import { openTerminal } from '../terminal.ts'

export const command: Command = {
  flags: [
    {
      name: 'shell',
      value: shellNames.join('|'),
      description: 'Whose syntax to print.',
      default: 'sh',
    },
    ...configFlagsNamed('project', 'port', 'aws-port', 'host', 'stage', 'data'),
  ],
  words: { min: 0, max: 0 },
  notes: ['Use it as `eval "$(lambdarium env)"`; in fish `lambdarium env --shell fish | source`.'],
  async run(given) {
    const shell = String(given.flags.get('shell') ?? 'sh')
    if (!shellNames.includes(shell as ShellName))
      throw usageProblem(`--shell is ${shellNames.join(', ')}, not \`${shell}\``)
    const { config } = await projectConfig(given)
    const running = await runningSimulator(config.data ?? join(config.project, '.lambdarium'))
    const terminal = openTerminal()
    if (running?.aws === undefined)
      terminal.log('No simulator of this project is running; these are the addresses it would have.')
    const variables = clientVariables(config, {
      api: running?.api ?? `http://${config.host}:${config.port}`,
      aws: running?.aws ?? `http://${config.host}:${config.awsPort}`,
    })
    terminal.print(shellText(variables, shell as ShellName))
    return 0
  },
}

/** The variables by which SDKs, the AWS CLI and tests find a simulator. */
export function clientVariables(
  config: {
    readonly region: string
    readonly credentials: readonly { readonly accessKeyId: string; readonly secretAccessKey: string }[]
  },
  urls: { readonly api: string; readonly aws: string },
): Record<string, string> {
  const [{ accessKeyId, secretAccessKey } = { accessKeyId: 'test', secretAccessKey: 'test' }] =
    config.credentials
  return {
    AWS_ENDPOINT_URL: urls.aws,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: config.region,
    AWS_DEFAULT_REGION: config.region,
    LAMBDARIUM_API: urls.api,
    LAMBDARIUM_AWS: urls.aws,
  }
}
