import { nearestName } from '../../lib/index.ts'
import { createRandomIds, realTime } from '../../ports/index.ts'
import { configFlagsNamed } from '../config-flags.ts'
import { type EventFacts, sampleEvents } from '../events/sample-events.ts'
import type { Command } from '../flag.ts'
import { usageProblem } from '../parse-arguments.ts'
import { projectConfig } from '../project-config.ts'
import { openTerminal } from '../terminal.ts'

export const command: Command = {
  flags: [...configFlagsNamed('project')],
  words: { min: 0, max: 20 },
  notes: [
    `Sources: ${Object.keys(sampleEvents).join(', ')}.`,
    'Pipe it into a function: `lambdarium event s3:put key=images/a.jpg | lambdarium invoke thumbnail -e -`.',
  ],
  async run(given) {
    const terminal = openTerminal()
    const [source, ...rest] = given.words
    if (source === undefined) {
      for (const [name, { values }] of Object.entries(sampleEvents))
        terminal.print(
          [name, ...Object.entries(values).map(([key, value]) => `${key}=${JSON.stringify(value)}`)].join(
            ' ',
          ),
        )
      return 0
    }
    const { config } = await projectConfig(given)
    const ids = createRandomIds()
    const facts = { account: config.account, region: config.region, now: realTime(), id: () => ids.uuid() }
    const event = generateEvent(source, { ...facts, values: assignments(rest) })
    terminal.print(JSON.stringify(event, undefined, 2))
    return 0
  },
}

function assignments(words: readonly string[]): Map<string, string> {
  return new Map(
    words.map(word => {
      const at = word.indexOf('=')
      if (at < 1) throw usageProblem(`\`${word}\` sets nothing; write name=value`)
      return [word.slice(0, at), word.slice(at + 1)]
    }),
  )
}

/** Makes one event; unknown sources and values are refused with the nearest name. */
export function generateEvent(source: string, facts: EventFacts): unknown {
  const sample = Object.hasOwn(sampleEvents, source) ? sampleEvents[source] : undefined
  if (sample === undefined) {
    const nearest = nearestName(source, Object.keys(sampleEvents))
    throw usageProblem(
      `There is no event source \`${source}\`; ${nearest === undefined ? `there are ${Object.keys(sampleEvents).join(', ')}` : `did you mean \`${nearest}\`?`}`,
    )
  }
  for (const name of facts.values.keys()) {
    if (Object.hasOwn(sample.values, name)) continue
    throw usageProblem(`${source} has no \`${name}\`; it has ${Object.keys(sample.values).join(', ')}`)
  }
  return sample.make(facts, name => facts.values.get(name) ?? sample.values[name] ?? '')
}
