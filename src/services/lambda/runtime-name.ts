import type { Runtime } from '@aws-sdk/client-lambda'
import type { Logger } from '../../ports/index.ts'
import { invalidParameter } from './errors.ts'

/** What AWS lists where a runtime is none of its own, in the order recorded (LocalStack's test_lambda_api.snapshot.json). */
const offered =
  'nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x, nodejs22.x, java25, python3.10, python3.11, java21, ruby3.3, ruby3.4, ruby3.2, python3.8, python3.9, java17, nodejs16.x, dotnet10, dotnet8, java11, dotnet6, nodejs18.x, provided.al2, java8.al2'

/** What AWS had before, and has announced in its model: accepted here, so that old deployments go on working. */
const others =
  'nodejs, nodejs4.3, nodejs4.3-edge, nodejs6.10, nodejs8.10, nodejs10.x, nodejs12.x, nodejs14.x, nodejs26.x, python2.7, python3.6, python3.7, python3.15, java8, java8.al2023, java11.al2023, java17.al2023, dotnetcore1.0, dotnetcore2.0, dotnetcore2.1, dotnetcore3.1, go1.x, ruby2.5, ruby2.7, ruby4.0, provided'

/** Every runtime that may be named. */
export const runtimeNames: readonly string[] = `${offered}, ${others}`.split(', ')

/** Languages without a version, as old tutorials and templates name them. */
const languages: Readonly<Record<string, Runtime>> = {
  python: 'python3.13',
  python3: 'python3.13',
  ruby: 'ruby3.4',
  java: 'java21',
  dotnet: 'dotnet8',
}

/** The runtime that a request means; a language alone is taken for its present version, which AWS does not, with a warning. */
export function runtimeOf(name: string, log: Logger): Runtime {
  if (runtimeNames.includes(name)) return name as Runtime
  const present = Object.hasOwn(languages, name) ? languages[name] : undefined
  if (present === undefined)
    throw invalidParameter(
      `Value ${name} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${offered}] or be a valid ARN`,
    )
  log.warn({ runtime: name }, `AWS has no runtime ${name}: it is taken for ${present} here`)
  return present
}
