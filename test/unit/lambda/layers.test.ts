import { spawnSync } from 'node:child_process'
import { chmodSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hasTool } from '../../support/run-tool.ts'
import { answerOf, createHarness, type Harness } from './harness.ts'

/** Not in containers that may not mount: then layers are on the search paths, which the last test tries anywhere. */
const mountsAllowed =
  spawnSync('unshare', ['-r', '-m', 'sh', '-c', 'mount -t overlay x -o lowerdir=/usr:/opt /opt']).status === 0

const files = (folder: string) => ({
  'nodejs/node_modules/layered/index.js': `exports.from = '${folder}'`,
  'nodejs/node20/node_modules/twenty/index.js': `exports.from = '${folder}'`,
  'python/layered.py': `FROM = '${folder}'\n`,
  'python/lib/python3.12/site-packages/here.txt': '',
  'ruby/lib/layered.rb': `FROM = '${folder}'\n`,
  'bin/tool': `#!/bin/sh\necho tool of ${folder}\n`,
  [`only-${folder}/file`]: folder,
})

/** Two layers that have the same files, the second one lies over the first. */
function twoLayers(harness: Harness): string[] {
  return ['first', 'second'].map(name => {
    const { codeDirectory } = harness.define(files(name), { name: `layer-${name}` })
    chmodSync(join(codeDirectory, 'bin/tool'), 0o755)
    return codeDirectory
  })
}

// https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html
const node = `const { execSync } = require('child_process'); const fs = require('fs')
exports.handler = async () => ({
  modules: [require('layered').from, require('twenty').from],
  tool: execSync('tool').toString(),
  opt: ['only-first', 'only-second'].map(name => fs.readFileSync('/opt/' + name + '/file', 'utf8')),
  path: process.env.PATH.split(':').at(-1),
  library: process.env.LD_LIBRARY_PATH.split(':').at(-1),
  module: process.env.NODE_PATH.split(':').slice(0, 2),
  parent: fs.readlinkSync('/proc/self/ns/mnt'),
})`

test.skipIf(!mountsAllowed)(
  'layers are at /opt, later ones over earlier ones, and nobody else sees them: Node',
  async () => {
    const harness = createHarness()
    harness.deploy(harness.define({ 'index.js': node }, { layers: twoLayers(harness) }))
    const before = readdirSync('/opt')
    const { parent, ...answer } = answerOf(await harness.invoke({})) as { parent: string }
    expect(answer).toEqual({
      modules: ['second', 'second'],
      tool: 'tool of second\n',
      opt: ['first', 'second'],
      path: '/opt/bin',
      library: '/opt/lib',
      module: ['/opt/nodejs/node20/node_modules', '/opt/nodejs/node_modules'],
    })
    expect(readdirSync('/opt')).toEqual(before)
    // Each environment has a namespace of its own, frozen and continued like any other.
    expect(answerOf(await harness.invoke({}))).toMatchObject({ parent })
  },
)

test.skipIf(!mountsAllowed || !hasTool('python3', '--version'))('layers are at /opt: Python', async () => {
  const harness = createHarness()
  const code = `import os, sys, layered
def handler(event, context):
    return [layered.FROM, open("/opt/only-first/file").read(), [path for path in sys.path if path.startswith("/opt")]]
`
  harness.deploy(harness.define({ 'index.py': code }, { runtime: 'python3.12', layers: twoLayers(harness) }))
  expect(answerOf(await harness.invoke({}))).toEqual([
    'second',
    'first',
    ['/opt/python/lib/python3.12/site-packages', '/opt/python'],
  ])
})

test.skipIf(!mountsAllowed)('bootstrap, wrapper and extensions of a layer run from /opt', async () => {
  const harness = createHarness()
  const layer = harness.define(
    {
      bootstrap: `#!/bin/sh
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
while true; do
  id=$(curl -sS -D - -o /dev/null "$api/invocation/next" | tr -d '\\r' | sed -n 's/^[Ll]ambda-[Rr]untime-[Aa]ws-[Rr]equest-[Ii]d: //p')
  curl -sS -o /dev/null -d "\\"$0 $WRAPPED\\"" "$api/invocation/$id/response"
done
`,
      wrapper: '#!/bin/sh\nexport WRAPPED="$0"\nexec "$@"\n',
    },
    { name: 'layer' },
  ).codeDirectory
  for (const name of ['bootstrap', 'wrapper']) chmodSync(join(layer, name), 0o755)
  const environment = { AWS_LAMBDA_EXEC_WRAPPER: '/opt/wrapper' }
  harness.deploy(
    harness.define({ 'function.sh': '' }, { runtime: 'provided.al2023', layers: [layer], environment }),
  )
  expect(answerOf(await harness.invoke({}))).toBe('/opt/bootstrap /opt/wrapper')
})

test('where nothing may be mounted, layers are on the search paths, and a warning says so once', async () => {
  const warnings: string[] = []
  const log = {
    debug() {},
    info() {},
    error() {},
    warn: (_context: object, text: string) => warnings.push(text),
  }
  const harness = createHarness({ hostEnvironment: { PATH: '/nowhere' }, log })
  const layers = twoLayers(harness)
  const code = `exports.handler = async () => [require('layered').from, process.env.PATH]`
  harness.deploy(
    harness.define({ 'index.js': code }, { layers }),
    harness.define({ 'index.js': code }, { layers, name: 'other' }),
  )
  const [first = '', second = ''] = layers
  const expected = ['second', `/nowhere:${second}/bin:${first}/bin`]
  expect(answerOf(await harness.invoke({}))).toEqual(expected)
  expect(answerOf(await harness.invoke({}, { functionName: 'other' }))).toEqual(expected)
  expect(warnings).toEqual([
    expect.stringMatching(/^Layers cannot be mounted at \/opt here \(.*\): they are on the search paths/),
  ])
})
