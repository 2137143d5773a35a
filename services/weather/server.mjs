// The second service of the sample: somebody else's HTTP API, which `GET /harbours/{harbour}/weather` asks.
// `npm run weather` starts it beside the simulator; docker compose starts both.
import { createServer } from 'node:http'

const forecasts = {
  saltholm: { wind: { knots: 12, direction: 'SW' }, waves: { metres: 0.4 } },
  ven: { wind: { knots: 24, direction: 'W' }, waves: { metres: 1.6 } },
  sal: { wind: { knots: 12, direction: 'SW' }, waves: { metres: 0.4 } },
}

const server = createServer((request, response) => {
  const [, collection, place = ''] = (request.url ?? '').split('/').map(decodeURIComponent)
  const forecast = collection === 'forecast' ? forecasts[place.toLowerCase()] : undefined
  response.writeHead(forecast ? 200 : 404, { 'content-type': 'application/json' })
  response.end(JSON.stringify(forecast ? { place, ...forecast } : { detail: `No station at "${place}"` }))
})

server.listen(Number(process.env.WEATHER_PORT ?? 3999), process.env.HOST ?? '127.0.0.1', () => {
  const { address, port } = server.address()
  console.log(`weather service: http://${address}:${port}/forecast/saltholm`)
})
