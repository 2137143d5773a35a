export { createHttpServer, type HttpHandler, type HttpServer, type HttpServerOptions } from './http-server.ts'
export { readBody } from './read-body.ts'
