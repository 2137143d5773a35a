import { InputObject } from './aws/input-object.ts'
import { utilities } from './aws/util-object.ts'
import { fromPlain } from './java/from-plain.ts'
import { JavaMap } from './java/map.ts'
import { type Plain, toPlain } from './java/to-plain.ts'
import { JsonDocuments } from './json/json-documents.ts'
import type { Overrides, PlainValue, TemplateContext, TemplateInput } from './template.ts'

/** `$input` as an object of JavaScript. */
export class VelocityjsInput {
  readonly body: string
  readonly #input: TemplateInput
  readonly #java: InputObject

  constructor(input: TemplateInput) {
    this.#input = input
    this.#java = new InputObject(input.body, new JavaMap())
    this.body = this.#java.body()
  }

  path(path: string): Plain {
    return toPlain(this.#java.path(path))
  }

  json(path: string): string {
    return this.#java.json(path)
  }

  params(name?: string): unknown {
    const { path, querystring, header } = this.#input.params
    if (name === undefined) return { path, querystring, header }
    return path[name] ?? querystring[name] ?? header[name] ?? ''
  }
}

/** `$util` as an object of JavaScript. */
export class UtilFunctions {
  escapeJavaScript(value: unknown): string {
    return utilities.escapeJavaScript(String(value))
  }

  parseJson(value: unknown): Plain {
    return toPlain(new JsonDocuments().read(String(value)))
  }

  urlEncode(value: unknown): string {
    return utilities.urlEncode(String(value))
  }

  urlDecode(value: unknown): string {
    return utilities.urlDecode(String(value))
  }

  base64Encode(value: unknown): string {
    return utilities.base64Encode(String(value))
  }

  base64Decode(value: unknown): string {
    return utilities.base64Decode(String(value))
  }
}

/** `$context` as an object of JavaScript. */
export class VelocityjsContext implements TemplateContext {
  readonly values: { [key: string]: Plain }

  constructor(values: Readonly<Record<string, PlainValue>>) {
    this.values = { requestOverride: {}, responseOverride: {} }
    for (const [name, value] of Object.entries(values)) this.set(name, value)
    for (const member of ['header', 'path', 'querystring'])
      memberOf(this.values['requestOverride'])[member] ??= {}
    memberOf(this.values['responseOverride'])['header'] ??= {}
  }

  set(name: string, value: PlainValue): void {
    this.values[name] = toPlain(fromPlain(value))
  }

  overrides(): Overrides {
    const request = memberOf(this.values['requestOverride'])
    const response = memberOf(this.values['responseOverride'])
    const status = Number(response['status'])
    return {
      request: {
        header: strings(request['header']),
        path: strings(request['path']),
        querystring: strings(request['querystring']),
      },
      response: {
        header: strings(response['header']),
        status: Number.isInteger(status) && status >= 100 && status <= 999 ? status : undefined,
      },
    }
  }
}

function memberOf(value: Plain | undefined): { [key: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}

function strings(value: Plain | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(memberOf(value)).map(([name, member]) => [name, String(member)]))
}
