import { LambdaClient } from '@aws-sdk/client-lambda'
import { onTestFinished } from 'vitest'
import { ZipFile } from 'yazl'
import { createSimulator, type Simulator, type SimulatorOptions } from '../../../src/index.ts'
import { temporaryProject } from '../../support/temporary-project.ts'

export const role = 'arn:aws:iam::000000000000:role/basic'

/** A simulator over a folder with the given files, gone when the test ends. */
export async function startLambda(
  files: Readonly<Record<string, string>> = {},
  options: SimulatorOptions = {},
): Promise<{ readonly simulator: Simulator; readonly lambda: LambdaClient; readonly directory: string }> {
  const project = temporaryProject(files)
  const simulator = await createSimulator({ project: project.directory, ...options })
  onTestFinished(async () => {
    await simulator.stop()
    project.remove()
  })
  const lambda = new LambdaClient({ ...simulator.clientConfig(), maxAttempts: 1 })
  return { simulator, lambda, directory: project.directory }
}

/** An archive as `zip` makes it; a value with a `mode` sets it. */
export async function zipOf(
  files: Readonly<Record<string, string | Buffer | { readonly text: string; readonly mode: number }>>,
): Promise<Uint8Array> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(files)) {
    const plain = typeof content === 'string' || Buffer.isBuffer(content)
    const bytes = Buffer.from(plain ? content : content.text)
    zip.addBuffer(bytes, name, plain ? {} : { mode: content.mode })
  }
  zip.end()
  const chunks: Buffer[] = []
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** A Node function that answers `text` and its event. */
export const answering = (text: string): Promise<Uint8Array> =>
  zipOf({
    'index.js': `exports.handler = async (event, context) => ({ text: ${JSON.stringify(text)}, event, version: context.functionVersion, arn: context.invokedFunctionArn, id: context.awsRequestId })`,
  })

/** A payload read as JSON. */
export const json = (payload: Uint8Array | undefined): unknown =>
  JSON.parse(Buffer.from(payload ?? []).toString() || 'null')
