import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A project folder for one test. */
export interface TemporaryProject {
  readonly directory: string
  write(name: string, text: string): string
  remove(): void
}

/** Writes the given files into a new folder. */
export function temporaryProject(files: Readonly<Record<string, string>> = {}): TemporaryProject {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'lambdarium-test-')))
  const write = (name: string, text: string): string => {
    const file = join(directory, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    return file
  }
  for (const [name, text] of Object.entries(files)) write(name, text)
  return { directory, write, remove: () => rmSync(directory, { recursive: true, force: true }) }
}

/** A Swagger file with one method `GET /greeting` → function `greeting` by templates, and `/proxy` → `proxy`. */
export const greetingFiles: Readonly<Record<string, string>> = {
  'swagger/api.yaml': `swagger: '2.0'
info: { title: api, version: '1' }
paths:
  /greeting:
    get:
      produces: [application/json]
      responses: { 200: { description: ok } }
      x-amazon-apigateway-integration:
        type: aws
        httpMethod: POST
        uri: arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:greeting/invocations
        requestTemplates:
          application/json: { $ref: ../mapping-templates/greeting.vtl }
        responses: { default: { statusCode: '200' } }
  /proxy:
    x-amazon-apigateway-any-method:
      responses: { 200: { description: ok } }
      x-amazon-apigateway-integration:
        type: aws_proxy
        httpMethod: POST
        uri: arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:proxy/invocations
  /private:
    get:
      security: [{ sigv4: [] }]
      responses: { 200: { description: ok } }
      x-amazon-apigateway-integration:
        type: aws_proxy
        httpMethod: POST
        uri: arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:proxy/invocations
securityDefinitions:
  sigv4:
    type: apiKey
    name: Authorization
    in: header
    x-amazon-apigateway-authtype: awsSigv4
`,
  'mapping-templates/greeting.vtl': `{"name": "$input.params('name')", "table": "$stageVariables.table"}`,
  'handlers/greeting/index.ts': `export const handler = async (event: { name: string; table: string }) => {
  console.log('greeting', event.name)
  return { greeting: 'Hello ' + event.name + '!', table: event.table }
}
`,
  'handlers/proxy.mjs': `export const handler = async event => ({
  statusCode: 200,
  headers: { 'content-type': 'text/plain' },
  body: event.httpMethod + ' ' + event.body + ' ' + process.env.AWS_ENDPOINT_URL,
})
`,
}
