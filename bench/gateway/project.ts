import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LoadRequest } from '../support/load.ts'

/** The three routes that every contestant serves. */
export const routes: Readonly<Record<'proxy' | 'mapped' | 'mock', LoadRequest>> = {
  proxy: { method: 'GET', path: '/dev/items/7?colour=red' },
  mapped: {
    method: 'POST',
    path: '/dev/orders',
    body: JSON.stringify({
      id: 'o-1',
      items: [
        { sku: 'a', n: 1 },
        { sku: 'b', n: 2 },
      ],
    }),
  },
  mock: { method: 'GET', path: '/dev/status' },
}

export type RouteName = keyof typeof routes

/** What each route must answer, so that nobody is measured while failing. */
export const answers: Readonly<Record<RouteName, unknown>> = {
  proxy: { id: '7', colour: 'red' },
  mapped: { id: 'o-1', total: 6 },
  mock: { status: 'up' },
}

const requestTemplate = `{"id": "$input.path('$.id')", "count": $input.path('$.items').size(), "stage": "$context.stage"}`
const responseTemplate = `{"id": "$input.path('$.id')", "total": $input.path('$.total')}`

const handlers: Readonly<Record<string, string>> = {
  proxy: `exports.handler = async event => ({ statusCode: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ id: event.pathParameters.id, colour: event.queryStringParameters.colour }) })\n`,
  mapped: 'exports.handler = async event => ({ id: event.id, total: event.count * 3 })\n',
}

const lambda = (name: string) =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:${name}/invocations`

/** Writes the project as Lambdarium reads it, with further routes beside the three so that routing has work to do. */
export function writeLambdariumProject(directory: string, routeCount = 50): void {
  const paths: Record<string, unknown> = {
    '/items/{id}': {
      get: {
        'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: lambda('proxy') },
      },
    },
    '/orders': {
      post: {
        responses: { 200: { description: 'ok' } },
        'x-amazon-apigateway-integration': {
          type: 'aws',
          httpMethod: 'POST',
          uri: lambda('mapped'),
          requestTemplates: { 'application/json': requestTemplate },
          responses: {
            default: { statusCode: '200', responseTemplates: { 'application/json': responseTemplate } },
          },
        },
      },
    },
    '/status': { get: mock('{"status": "up"}') },
  }
  for (let index = Object.keys(paths).length; index < routeCount; index++)
    paths[`/other-${index}/{key}`] = { get: mock(`{"other": ${index}}`) }
  write(
    directory,
    'swagger/bench.json',
    JSON.stringify({ swagger: '2.0', info: { title: 'bench', version: '1' }, paths }),
  )
  for (const [name, source] of Object.entries(handlers)) write(directory, `handlers/${name}/index.js`, source)
}

const mock = (body: string) => ({
  responses: { 200: { description: 'ok' } },
  'x-amazon-apigateway-integration': {
    type: 'mock',
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    responses: { default: { statusCode: '200', responseTemplates: { 'application/json': body } } },
  },
})

/** Writes the same two functions and their routes as serverless-offline reads them (it has no true MOCK integration). */
export function writeServerlessProject(directory: string): void {
  const indent = (text: string) => text.replaceAll("'", "''")
  write(
    directory,
    'serverless.yml',
    `service: bench
frameworkVersion: '3'
provider: { name: aws, runtime: nodejs20.x, stage: dev, region: us-east-1 }
plugins: [serverless-offline]
functions:
  proxy:
    handler: handlers/proxy/index.handler
    events: [{ http: { path: 'items/{id}', method: get } }]
  mapped:
    handler: handlers/mapped/index.handler
    events:
      - http:
          path: orders
          method: post
          integration: lambda
          request:
            template:
              application/json: '${indent(requestTemplate)}'
          response:
            headers: { Content-Type: "'application/json'" }
            template: '${indent(responseTemplate)}'
`,
  )
  for (const [name, source] of Object.entries(handlers)) write(directory, `handlers/${name}/index.js`, source)
}

function write(directory: string, name: string, text: string): void {
  const file = join(directory, name)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, text)
}
