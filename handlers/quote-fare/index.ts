import { fareLines } from '../lib/fares.ts'
import { findSailing } from '../lib/timetable.ts'

interface QuoteRequest {
  readonly sailing: string
  readonly ages: readonly number[]
  readonly vehicle: string
  readonly season: string
  readonly requestId: string
}

export const handler = async (request: QuoteRequest) => {
  const sailing = findSailing(request.sailing, request.season)
  const wantsDeck = request.vehicle !== 'none' && request.vehicle !== 'bicycle'
  if (wantsDeck && !sailing.vessel.carDeck)
    throw new Error(`sold_out: ${sailing.vessel.name} has no car deck`)
  const lines = fareLines(request.ages, request.vehicle, request.season)
  const id = `Q-${request.requestId.slice(0, 8)}`
  return {
    id,
    location: `/quotes/${id}`,
    total: lines.reduce((sum, line) => sum + line.amount, 0),
    currency: process.env['CURRENCY'],
    lines,
  }
}
