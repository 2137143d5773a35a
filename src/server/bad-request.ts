import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

/** Answers a request that never became one: malformed HTTP, headers too long, a body that does not end. */
export function answerBadRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  // A reset connection hears nothing; one that already carries an answer must not get a second one into it.
  const answering = runningResponse(socket)?.headersSent === true
  if (error.code === 'ECONNRESET' || !socket.writable || answering) {
    socket.destroy()
    return
  }
  const status = statusOf(error.code)
  const body = JSON.stringify({ message: STATUS_CODES[status] })
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
  // The rest of what the client sends is of no interest, and waiting for its FIN could take for ever.
  socket.destroySoon()
}

function statusOf(code: string | undefined): number {
  if (code === 'HPE_HEADER_OVERFLOW') return 431
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return 413
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
}

/** The response that is being made on a connection; Node keeps it there and offers no other way to find it. */
export function runningResponse(socket: Socket): ServerResponse | undefined {
  return (socket as { _httpMessage?: ServerResponse | null })._httpMessage ?? undefined
}

/** Answers with AWS's `{"message": …}` shape outside of any service. */
export function answerPlainly(response: ServerResponse, status: number, message: string): void {
  const body = Buffer.from(JSON.stringify({ message }))
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': body.length })
  response.end(body)
}
