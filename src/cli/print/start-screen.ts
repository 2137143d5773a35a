import type { PrintableProblem } from './problem.ts'
import { placeText } from './problem.ts'
import { type RouteRow, routeTable } from './route-table.ts'
import type { Style } from './style.ts'

/** What the start screen tells. */
export interface StartFacts {
  readonly version: string
  /** From the process's start. */
  readonly milliseconds: number
  readonly api: string
  readonly aws: string
  readonly stage: string
  readonly otherStages: readonly string[]
  readonly account: string
  readonly region: string
  readonly accessKeyId: string
  /** Where state is kept; undefined when it goes with the process. */
  readonly data: string | undefined
  readonly routes: readonly RouteRow[]
  readonly triggers: readonly RouteRow[]
  readonly functions: number
  readonly findings: readonly PrintableProblem[]
  readonly watching: boolean
}

/** The whole screen: where it answers, what it answers, what to know. */
export function startScreen(
  facts: StartFacts,
  style: Style,
  room: { readonly rows: number; readonly columns: number },
): string {
  const { version, milliseconds, api, aws, stage, account, region, routes, triggers, functions } = facts
  const label = (text: string) => `  ${style.green('➜')}  ${style.bold(text.padEnd(5))}`
  const url = (text: string) => style.cyan(text.replace(/:(\d+)/, (_, port) => `:${style.bold(port)}`))
  const identity = `${account} · ${region} · ${facts.accessKeyId}`
  const others = facts.otherStages.map(name => `/${name}`).join(' ')
  const stages = others === '' ? '' : `  ${style.dim(`also ${others}`)}`
  const lines = [
    '',
    `  ${style.bold(style.magenta('LAMBDARIUM'))} ${style.magenta(`v${version}`)}  ${style.dim('ready in')} ${style.bold(String(Math.round(milliseconds)))} ${style.dim('ms')}`,
    '',
    `${label('API')}  ${url(`${api}/${stage}`)}${stages}`,
    `${label('AWS')}  ${url(aws)}  ${style.dim(identity)}`,
    `${label('Data')}  ${style.dim(facts.data ?? 'in a temporary folder that goes with this process')}`,
    '',
  ]
  if (routes.length === 0) {
    lines.push(`  ${style.dim('No routes yet: put a Swagger file into')} swagger/`)
  } else {
    lines.push(
      ...routeTable(routes, style, { rows: Math.max(12, room.rows - 16), columns: room.columns - 2 }).map(
        line => `  ${line}`,
      ),
    )
  }
  const triggerRoom = { rows: 12, columns: room.columns - 2, rest: 'the configuration' }
  if (triggers.length > 0)
    lines.push('', ...routeTable(triggers, style, triggerRoom).map(line => `  ${line}`))
  lines.push(...findingLines(facts.findings, style))
  const watching = facts.watching ? 'watching for changes · ' : ''
  const count = `${functions} function${functions === 1 ? '' : 's'}`
  lines.push('', `  ${style.dim(`${count} · ${watching}Ctrl+C stops`)}`, '')
  return lines.join('\n')
}

/** The start report in short: one line each, the gravest first, and how many more there are. */
export function findingLines(findings: readonly PrintableProblem[], style: Style, limit = 8): string[] {
  if (findings.length === 0) return []
  const order = { error: 0, warning: 1, info: 2 }
  const sorted = [...findings].sort((a, b) => order[a.severity] - order[b.severity])
  const marks = { error: style.red('✖'), warning: style.yellow('▲'), info: style.blue('ℹ') }
  const lines = sorted.slice(0, limit).flatMap(({ severity, message, position, hint }) => {
    const place = position === undefined ? '' : `  ${style.dim(placeText(position))}`
    return [
      `  ${marks[severity]} ${message}${place}`,
      ...(hint === undefined ? [] : [`    ${style.green('→')} ${style.dim(hint)}`]),
    ]
  })
  if (sorted.length > limit)
    lines.push(`  ${style.dim(`… and ${sorted.length - limit} more: lambdarium validate`)}`)
  return ['', ...lines]
}
