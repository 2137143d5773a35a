export { createOriginCheck } from './aws-cors.ts'
export { type AwsDoor, type AwsDoorOptions, createAwsDoor } from './aws-door.ts'
export { createHttpServer, type HttpHandler, type HttpServer, type HttpServerOptions } from './http-server.ts'
export { readBody } from './read-body.ts'
