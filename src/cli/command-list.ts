import type { Command } from './flag.ts'

/** One line of `--help`, and where the command is. */
export interface CommandEntry {
  readonly name: string
  readonly usage: string
  readonly summary: string
  readonly load: () => Promise<{ command: Command }>
}

/** Every command; a module is loaded only when its command is typed, so that `render` does not wait for a server. */
export const commandList: readonly CommandEntry[] = [
  {
    name: 'start',
    usage: '[start] [flags]',
    summary: 'Serve the project (this is what happens without a command).',
    load: () => import('./commands/start.ts'),
  },
  {
    name: 'exec',
    usage: 'exec [flags] -- COMMAND…',
    summary: 'Start, run COMMAND with the environment set, stop.',
    load: () => import('./commands/exec.ts'),
  },
  {
    name: 'invoke',
    usage: 'invoke FUNCTION [flags]',
    summary: 'Run one function; its result on stdout, its log on stderr.',
    load: () => import('./commands/invoke.ts'),
  },
  {
    name: 'event',
    usage: 'event [SOURCE [NAME=VALUE…]]',
    summary: 'Print an event as a source of AWS would send it (s3:put, dynamodb:update, sqs …).',
    load: () => import('./commands/event.ts'),
  },
  {
    name: 'render',
    usage: 'render TEMPLATE [flags] | render --batch FILE',
    summary: 'Render one mapping template, alone.',
    load: () => import('./commands/render.ts'),
  },
  {
    name: 'request',
    usage: 'request METHOD PATH [flags]',
    summary: 'Call the running API, signed if asked.',
    load: () => import('./commands/request.ts'),
  },
  {
    name: 'routes',
    usage: 'routes [flags]',
    summary: 'List methods, integrations and authorizers.',
    load: () => import('./commands/routes.ts'),
  },
  {
    name: 'validate',
    usage: 'validate [flags]',
    summary: 'Check everything, start nothing.',
    load: () => import('./commands/validate.ts'),
  },
  {
    name: 'env',
    usage: 'env [flags]',
    summary: 'Print variables that point SDKs and the AWS CLI here.',
    load: () => import('./commands/env.ts'),
  },
  {
    name: 'export',
    usage: 'export API [flags]',
    summary: 'Write one Swagger with templates inlined, for `aws apigateway import-rest-api`.',
    load: () => import('./commands/export.ts'),
  },
  {
    name: 'state',
    usage: 'state export DIR | state import DIR | state reset',
    summary: 'Save, load or forget the state of the stopped simulator.',
    load: () => import('./commands/state.ts'),
  },
]
