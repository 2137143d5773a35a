import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { UserError } from '../../../src/lib/index.ts'
import type { Logger } from '../../../src/ports/index.ts'
import {
  loadProject,
  type Method,
  ProjectError,
  type ProjectOptions,
  type ProjectSnapshot,
} from '../../../src/project/index.ts'
import { createAwsEngine } from '../../../src/vtl/index.ts'

const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {} }

/** A project folder of its own for one test. */
export function projectFolder(files: Readonly<Record<string, string>>): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'lambdarium-project-')))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) write(directory, name, text)
  return directory
}

export function write(directory: string, name: string, text: string): void {
  mkdirSync(dirname(join(directory, name)), { recursive: true })
  writeFileSync(join(directory, name), text)
}

export function optionsFor(directory: string, more: Partial<ProjectOptions> = {}): ProjectOptions {
  return {
    directory,
    engine: createAwsEngine(),
    stages: { dev: {} },
    account: '123456789012',
    region: 'eu-west-1',
    buildDirectory: join(directory, '.lambdarium', 'build'),
    log: quiet,
    ...more,
  }
}

export async function snapshotOf(
  files: Readonly<Record<string, string>>,
  more: Partial<ProjectOptions> = {},
): Promise<ProjectSnapshot> {
  return (await loadProject(optionsFor(projectFolder(files), more))).snapshot
}

/** The problems for which the project cannot be served, places relative to the project. */
export async function problemsOf(
  files: Readonly<Record<string, string>>,
  more: Partial<ProjectOptions> = {},
): Promise<{ code: string; message: string; at: string; hint: string | undefined }[]> {
  const directory = projectFolder(files)
  const error = await loadProject(optionsFor(directory, more)).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ProjectError)) throw new Error('no ProjectError was thrown', { cause: error })
  return error.problems.map(problem => shown(problem, directory))
}

export function shown(problem: UserError, directory: string) {
  const { position } = problem
  const place = position ? `${position.file}:${position.line}:${position.column}` : ''
  return {
    code: problem.code,
    message: problem.message.replaceAll(`${directory}/`, ''),
    at: place.replaceAll(`${directory}/`, ''),
    hint: problem.hint?.replaceAll(`${directory}/`, ''),
  }
}

export function methodOf(snapshot: ProjectSnapshot, httpMethod: string, path: string): Method {
  for (const api of snapshot.apis) {
    const method = api.resources.find(resource => resource.path === path)?.methods.get(httpMethod)
    if (method !== undefined) return method
  }
  throw new Error(`${httpMethod} ${path} is not there`)
}

/** A file with one method that is answered by MOCK, the rest as given. */
export function mockApi(operation: string, root = ''): string {
  return `swagger: '2.0'
info: {title: T, version: '1'}
${root}
paths:
  /a:
    get:
      responses: {'200': {description: ok}}
${operation
  .split('\n')
  .map(line => (line === '' ? '' : `      ${line}`))
  .join('\n')}
`
}
