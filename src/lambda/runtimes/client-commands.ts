import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FunctionDefinition } from '../../ports/index.ts'
import { layerFolders } from '../environment-variables.ts'
import { bootstrapCommand, findBootstrap } from './bootstrap-command.ts'
import type { createInterpreterFinder } from './find-interpreter.ts'
import type { FindCommand, RuntimeCommand } from './runtime-command.ts'

type Find = ReturnType<typeof createInterpreterFinder>

const titleOf = ({ runtime, name }: FunctionDefinition): string =>
  `The runtime ${runtime} of function ${name}`

/** A `bootstrap` that the function brings goes before the language's own client. */
function orBootstrap(find: (definition: FunctionDefinition) => Promise<RuntimeCommand>): FindCommand {
  return async definition =>
    findBootstrap(definition) === undefined ? find(definition) : bootstrapCommand(definition)
}

const rubyBootstrap = fileURLToPath(new URL('./assets/ruby-bootstrap.rb', import.meta.url))

/** AWS's client for Ruby, a gem: https://github.com/aws/aws-lambda-ruby-runtime-interface-client */
export function rubyCommand(find: Find): FindCommand {
  return orBootstrap(async definition => {
    const ruby = await find(titleOf(definition), ['ruby'], ['-e', 'puts RbConfig.ruby'])
    return { command: ruby, arguments: [rubyBootstrap], telemetry: true }
  })
}

/** AWS's client for Java, a JAR: https://github.com/aws/aws-lambda-java-libs */
export function javaCommand(find: Find): FindCommand {
  return orBootstrap(async definition => {
    const java = await find(titleOf(definition), ['java'], ['-version'])
    const folders = [definition.codeDirectory, ...layerFolders(definition).map(layer => join(layer, 'java'))]
    const jars = folders.flatMap(folder => [folder, join(folder, 'lib')]).flatMap(jarsIn)
    const client = 'com/amazonaws/services/lambda/runtime/api/client'
    const present =
      jars.some(jar => jar.includes('aws-lambda-java-runtime-interface-client')) ||
      existsSync(join(definition.codeDirectory, client))
    if (!present)
      throw new Error(
        `${titleOf(definition)} needs aws-lambda-java-runtime-interface-client-*.jar in lib/ of the function or in java/lib/ of a layer.`,
      )
    return {
      command: java,
      arguments: [
        '-cp',
        [definition.codeDirectory, ...jars].join(delimiter),
        'com.amazonaws.services.lambda.runtime.api.client.AWSLambda',
        definition.handler,
      ],
      telemetry: true,
    }
  })
}

function jarsIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(name => name.endsWith('.jar'))
    .toSorted()
    .map(name => join(folder, name))
}

/** AWS's client for .NET, an assembly: https://github.com/aws/aws-lambda-dotnet/tree/master/Libraries/src/Amazon.Lambda.RuntimeSupport */
export function dotnetCommand(find: Find): FindCommand {
  return orBootstrap(async definition => {
    const dotnet = await find(titleOf(definition), ['dotnet'], ['--version'])
    const [assembly = ''] = definition.handler.split('::')
    const file = (name: string): string => join(definition.codeDirectory, name)
    // A handler without a method is a program of its own that brings the client along.
    const start = definition.handler.includes('::')
      ? file('Amazon.Lambda.RuntimeSupport.dll')
      : file(`${assembly}.dll`)
    if (!existsSync(start)) throw new Error(`${titleOf(definition)} needs ${start}.`)
    return {
      command: dotnet,
      arguments: [
        'exec',
        '--depsfile',
        file(`${assembly}.deps.json`),
        '--runtimeconfig',
        file(`${assembly}.runtimeconfig.json`),
        start,
        definition.handler,
      ],
      telemetry: true,
    }
  })
}
