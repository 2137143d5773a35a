import { IncomingMessage, ServerResponse } from 'node:http'
import express, { type Express } from 'express'

/** An Express application with the request and response classes that `http.createServer` is to make. */
export interface SharedApp {
  readonly app: Express
  readonly IncomingMessage: typeof IncomingMessage
  readonly ServerResponse: typeof ServerResponse
}

/**
 * Express gives every request and response its own prototypes, and changing the prototype of a living object costs
 * about 100 µs. Here the objects are born with the prototypes that Express wants, so there is nothing to change.
 * The classes are made per application because Express hangs the application on its prototypes.
 */
export function createSharedApp(): SharedApp {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  class AppRequest extends IncomingMessage {}
  class AppResponse extends ServerResponse {}
  share(AppRequest.prototype, express.request, app)
  share(AppResponse.prototype, express.response, app)
  app.request = AppRequest.prototype as unknown as Express['request']
  app.response = AppResponse.prototype as unknown as Express['response']
  return { app, IncomingMessage: AppRequest, ServerResponse: AppResponse as typeof ServerResponse }
}

function share(prototype: object, methods: object, app: Express): void {
  Object.defineProperties(prototype, Object.getOwnPropertyDescriptors(methods))
  Object.defineProperty(prototype, 'app', {
    configurable: true,
    enumerable: true,
    writable: true,
    value: app,
  })
}
