import { defineConfig } from 'lambdarium'

// Where the second service listens: docker compose sets it, `npm run weather` uses the default.
const weatherHost = process.env['WEATHER_HOST'] ?? '127.0.0.1:3999'

export default defineConfig({
  stages: {
    dev: { variables: { season: 'summer', weatherHost } },
    prod: { variables: { season: 'winter', weatherHost } },
  },
  functions: {
    'quote-fare': { timeout: 5, memorySize: 256, environment: { CURRENCY: 'EUR' } },
  },
})
