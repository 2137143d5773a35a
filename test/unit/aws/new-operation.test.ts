import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const run = promisify(execFile)
const repository = fileURLToPath(new URL('../../..', import.meta.url))

/** An empty repository with one small service and the models. */
async function smallRepository(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'lambdarium-scaffold-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  const files: Readonly<Record<string, string>> = {
    'src/services/kms/index.ts': "export const kms = { id: 'kms' }\n",
    'src/services/kms/operations/index.ts': "export { ListKeys } from './list-keys.ts'\n",
  }
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true })
    await writeFile(join(root, name), text)
  }
  await mkdir(join(root, 'src/aws'), { recursive: true })
  await cp(join(repository, 'src/aws/models'), join(root, 'src/aws/models'), { recursive: true })
  await symlink(join(repository, 'scripts'), join(root, 'scripts'), 'junction')
  return root
}

const script = (root: string, name: string, ...args: string[]) =>
  run(process.execPath, [join(repository, 'scripts', name), ...args], {
    env: { ...process.env, LAMBDARIUM_ROOT: root },
  })

test('a new operation gets a file, a line in the table and a test; the reference lists it', async () => {
  const root = await smallRepository()
  const { stdout } = await script(root, 'new-operation.mjs', 'kms', 'DescribeKey')
  expect(stdout.trim().split('\n')).toEqual([
    'src/services/kms/operations/describe-key.ts',
    'src/services/kms/operations/index.ts',
    'test/services/kms/describe-key.test.ts',
  ])
  expect(await readFile(join(root, 'src/services/kms/operations/index.ts'), 'utf8')).toBe(
    "export { DescribeKey } from './describe-key.ts'\nexport { ListKeys } from './list-keys.ts'\n",
  )
  expect(await readFile(join(root, 'src/services/kms/operations/describe-key.ts'), 'utf8')).toContain(
    'export const DescribeKey: Operation<DescribeKeyRequest, DescribeKeyResponse> = () => {',
  )
  await script(root, 'services-reference.mjs')
  expect(await readFile(join(root, 'docs/reference/services.md'), 'utf8')).toContain(
    'Answered: `DescribeKey` `ListKeys`',
  )
})

test.each([
  [['kms', 'Describe'], /AWS's kms has no operation "Describe"\. Perhaps .*DescribeKey.*\?/],
  [['nope', 'X'], /There is no model of a service "nope"/],
  [[], /usage: npm run new:operation/],
])('what AWS does not have is refused: %j', async (args, message) => {
  const root = await smallRepository()
  await expect(script(root, 'new-operation.mjs', ...args)).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(message),
  })
})
