import { resolve } from 'node:path'
import {
  compareEngines,
  createAwsEngine,
  createVelocityjsEngine,
  type PlainValue,
  type TemplateEngine,
  type TemplateScope,
} from '../../vtl/index.ts'
import type { Command, Given } from '../flag.ts'
import { readInput, readJson } from '../input.ts'
import { usageProblem } from '../parse-arguments.ts'
import { comparisonText } from '../print/comparison.ts'
import { renderBatch } from '../render-batch.ts'
import { openTerminal } from '../terminal.ts'

export const command: Command = {
  flags: [
    { name: 'body', short: 'b', value: 'FILE|-', description: 'The request body, `$input`.' },
    {
      name: 'params',
      short: 'p',
      value: 'FILE',
      description: 'JSON: `path`, `querystring`, `header` of `$input.params()`.',
    },
    { name: 'context', short: 'c', value: 'FILE', description: 'JSON: `$context`.' },
    { name: 'stage-variables', short: 's', value: 'FILE', description: 'JSON: `$stageVariables`.' },
    { name: 'vars', value: 'FILE', description: 'JSON: further top-level references.' },
    {
      name: 'engine',
      value: 'aws|velocityjs',
      description: '`aws` renders as API Gateway does, `velocityjs` as the library.',
      default: 'aws',
    },
    { name: 'compare', description: 'Show where velocityjs differs from AWS; ends with 1 when it does.' },
    { name: 'trace', description: 'Print each reference with its value on stderr.' },
    { name: 'batch', value: 'FILE|-', description: 'A case per line in, a result per line out.' },
  ],
  words: { min: 0, max: 1 },
  notes: [
    'A batch line is {"id","template","ctx":{"vars","input":{"body","params"},"context","stageVariables"}};',
    'its answer is {"id","out"} or {"id","error"}, in the order of the lines.',
  ],
  async run(given) {
    const engine = await engineNamed(String(given.flags.get('engine') ?? 'aws'))
    const batch = given.flags.get('batch')
    if (typeof batch === 'string') return renderBatch(batch, engine)
    const [file] = given.words
    if (file === undefined)
      throw usageProblem('Which template? `lambdarium render FILE`', 'Or `--batch FILE`')
    return renderFile(file, engine, given)
  },
}

async function engineNamed(name: string): Promise<TemplateEngine> {
  if (name === 'aws') return createAwsEngine()
  if (name !== 'velocityjs') throw usageProblem(`--engine is aws or velocityjs, not \`${name}\``)
  return createVelocityjsEngine()
}

async function renderFile(file: string, engine: TemplateEngine, given: Given): Promise<number> {
  const terminal = openTerminal()
  const json = async (flag: string): Promise<Record<string, PlainValue>> => {
    const name = given.flags.get(flag)
    if (typeof name !== 'string') return {}
    const value = await readJson(name)
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw usageProblem(`--${flag}: ${name} holds no JSON object`)
    return value as Record<string, PlainValue>
  }
  const bodyFile = given.flags.get('body')
  const params = (await json('params')) as Record<string, Record<string, string>>
  const source = await readInput(file)
  const body = typeof bodyFile === 'string' ? await readInput(bodyFile) : ''
  const context = await json('context')
  const stageVariables = (await json('stage-variables')) as Record<string, string>
  const vars = await json('vars')
  const style = terminal.logStyle
  const name = file === '-' ? 'stdin' : resolve(file)
  const scope = (chosen: TemplateEngine): TemplateScope => ({
    input: {
      body,
      params: {
        path: params['path'] ?? {},
        querystring: params['querystring'] ?? {},
        header: params['header'] ?? {},
      },
    },
    context: chosen.createContext(context),
    stageVariables,
    vars,
    ...(given.flags.get('trace') === true
      ? {
          trace: ({ text, value, line, column }) =>
            terminal.log(
              `${style.dim(`${line}:${column}`.padEnd(8))}${style.cyan(text)} = ${JSON.stringify(value)}`,
            ),
        }
      : {}),
  })
  if (given.flags.get('compare') === true) {
    const comparison = compareEngines(createAwsEngine(), await createVelocityjsEngine(), source, scope, name)
    terminal.print(comparisonText(comparison, terminal.style))
    return comparison.same ? 0 : 1
  }
  const output = engine.compile(source, { name }).render(scope(engine))
  process.stdout.write(output)
  if (process.stdout.isTTY && !output.endsWith('\n')) terminal.print('')
  return 0
}
