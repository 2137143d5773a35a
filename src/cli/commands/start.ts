import { currentEnvironment, packageVersion } from '../../config/index.ts'
import type { Logger } from '../../ports/index.ts'
import { listRoutes } from '../../project/index.ts'
import type { OpenedSimulator } from '../../simulator.ts'
import { configFlags } from '../config-flags.ts'
import type { Command } from '../flag.ts'
import { openBrowser } from '../open-browser.ts'
import { createLiveView } from '../print/live-view.ts'
import { createLogger } from '../print/log.ts'
import { printProblem } from '../print/problem.ts'
import { routeRows } from '../print/route-rows.ts'
import { startScreen } from '../print/start-screen.ts'
import { createTargetLookup } from '../print/target-lookup.ts'
import { triggerRows } from '../print/trigger-rows.ts'
import { projectConfig } from '../project-config.ts'
import { onStopSignals } from '../stop-signals.ts'
import { openTerminal, type Terminal } from '../terminal.ts'

export const command: Command = {
  flags: configFlags,
  words: { min: 0, max: 0 },
  async run(given) {
    const terminal = openTerminal()
    // Everything that serves is read from disk while esbuild, in a process of its own, works on the configuration.
    const [loaded, { openSimulator }] = await Promise.all([
      projectConfig(given),
      import('../../simulator.ts'),
    ])
    const { config } = loaded
    const pretty = config.logFormat === 'pretty'
    const log = await createLogger(config, terminal)
    let opened: OpenedSimulator | undefined
    const view = createLiveView(
      terminal,
      config,
      createTargetLookup(() => opened?.snapshot()),
    )
    // Ctrl+C may come while the parts are still being opened.
    const asked = new Promise<void>(resolve =>
      onStopSignals(
        () => resolve(),
        () => process.exit(130),
      ),
    )
    surviveBugs(log)
    const simulator = await openSimulator(loaded, {
      log,
      environment: currentEnvironment(),
      reloadConfig: () => projectConfig(given),
      ...(pretty
        ? { onReload: event => view.reload(event), onFunctionLog: each => view.functionLog(each) }
        : {
            onReload: ({ problems, ...event }) =>
              problems.length > 0
                ? log.error({ ...event, error: { problems } }, 'not reloaded')
                : log.info(event, 'reloaded'),
            onFunctionLog: ({ functionName, requestId, records }) => {
              for (const { message } of records)
                log.info({ function: functionName, requestId }, message.replace(/\n$/, ''))
            },
          }),
    })
    opened = simulator
    if (config.strict && simulator.findings().some(finding => finding.severity !== 'info')) {
      terminal.log(
        simulator
          .findings()
          .map(each => printProblem(each, terminal.logStyle))
          .join('\n\n'),
      )
      terminal.log('\n--strict: not started')
      await simulator.stop()
      return 1
    }
    if (pretty) {
      simulator.subscribe(record => view.record(record))
      terminal.log(screen(simulator, terminal))
    } else {
      for (const finding of simulator.findings()) {
        const { severity, message, ...fields } = finding
        log[severity === 'warning' ? 'warn' : severity]({ ...fields, source: undefined }, message)
      }
      simulator.subscribe(({ kind, subject, outcome, duration, id }) => {
        if (kind === 'request') log.info({ trace: id, ...subject, ...outcome, duration }, 'request')
      })
      log.info({ api: simulator.api, aws: simulator.aws }, 'ready')
    }
    if (config.open) openBrowser(`${simulator.api}/${config.stage}/`, log)
    await asked
    if (pretty && terminal.interactive) terminal.log(terminal.logStyle.dim('\n  stopping …'))
    await simulator.stop()
    return 0
  },
}

/** A bug of ours in one request must not take everything else with it; it is told, with its stack. */
function surviveBugs(log: Logger): void {
  process.on('uncaughtException', error => log.error({ error }, 'A bug in Lambdarium; please report it'))
  process.on('unhandledRejection', error => log.error({ error }, 'A bug in Lambdarium; please report it'))
  // A terminal that went away takes no more lines; saying so would be one more.
  process.stderr.on('error', () => {})
}

function screen(simulator: OpenedSimulator, terminal: Terminal): string {
  const { config, api, aws, data } = simulator
  const snapshot = simulator.snapshot()
  return startScreen(
    {
      version: packageVersion(),
      milliseconds: process.uptime() * 1_000,
      api,
      aws,
      stage: config.stage,
      otherStages: [...snapshot.stages.keys()].filter(name => name !== config.stage),
      account: config.account,
      region: config.region,
      accessKeyId: config.credentials[0]?.accessKeyId ?? '',
      data,
      routes: routeRows(listRoutes(snapshot), config.stage),
      triggers: triggerRows(config.triggers),
      functions: snapshot.functions.size,
      findings: simulator.findings(),
      watching: config.watch,
    },
    terminal.logStyle,
    terminal,
  )
}
