import { findHarbour } from '../lib/timetable.ts'

/** What this function reads of a Lambda proxy event. */
interface ProxyEvent {
  readonly httpMethod: string
  readonly path: string
  readonly pathParameters: { readonly proxy: string }
  readonly queryStringParameters: Readonly<Record<string, string>> | null
  readonly body: string | null
  readonly requestContext: { readonly requestId: string; readonly stage: string }
}

const json = (statusCode: number, body: unknown) => ({
  statusCode,
  headers: { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' },
  body: JSON.stringify(body),
})

/** Routes for itself: everything below `/desk/` arrives here. */
export const handler = async (event: ProxyEvent) => {
  const [collection, id] = event.pathParameters.proxy.split('/')
  console.log(JSON.stringify({ desk: collection, id, method: event.httpMethod }))
  if (collection === 'harbours' && id !== undefined) {
    try {
      return json(200, findHarbour(decodeURIComponent(id)))
    } catch (error) {
      return json(404, { message: (error as Error).message })
    }
  }
  if (collection === 'bookings' && event.httpMethod === 'POST') {
    const { quote } = JSON.parse(event.body ?? '{}') as { quote?: string }
    if (!quote) return json(400, { message: 'A booking needs a "quote"' })
    return json(201, {
      booking: `B-${event.requestContext.requestId.slice(0, 8)}`,
      quote,
      stage: event.requestContext.stage,
    })
  }
  return json(404, { message: `Nothing at the desk under ${event.httpMethod} ${event.path}` })
}
