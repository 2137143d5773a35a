import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MeasuredProcess } from '../support/process.ts'
import { sendRaw } from '../support/raw-load.ts'
import { startLambdarium } from './contestants.ts'
import { createTable, itemOf, rawRequest } from './requests.ts'

const items = 100_000

/** What many items cost: memory while they are kept there, and time at the start while they are on disk. */
export async function measureSizes(): Promise<void> {
  const memory = await startLambdarium(['--ephemeral'], 'off')
  try {
    const empty = memory.process.residentMegabytes()
    await fill(memory.base)
    const full = memory.process.residentMegabytes()
    console.log(
      `${items} items of 1 KB in memory: ${full.toFixed(0)} MB resident (${empty.toFixed(0)} MB before), target 200`,
    )
  } finally {
    await memory.process.stop()
  }
  const data = mkdtempSync(join(tmpdir(), 'bench-data-'))
  try {
    const before = await startTimes(data)
    const durable = await startLambdarium(['--data', data], 'off')
    await fill(durable.base)
    await durable.process.stop()
    const after = await startTimes(data)
    console.log(`start on an empty store: ${before}; on one with ${items} items: ${after}`)
  } finally {
    rmSync(data, { recursive: true })
  }
}

async function fill(base: string): Promise<void> {
  await sendRaw(base, [rawRequest(base, 'CreateTable', createTable)], 1, 1)
  for (let from = 0; from < items; from += 2500) {
    const batches = Array.from({ length: 100 }, (_, batch) =>
      rawRequest(base, 'BatchWriteItem', {
        RequestItems: {
          Orders: Array.from({ length: 25 }, (_, n) => ({
            PutRequest: { Item: itemOf(from + batch * 25 + n) },
          })),
        },
      }),
    )
    const { failures } = await sendRaw(base, batches, 4, batches.length)
    if (failures > 0) throw new Error(`${failures} batches failed`)
  }
}

/** The best of a few starts on a folder of data: what the disk and the neighbours do is in all others. */
async function startTimes(data: string): Promise<string> {
  const found: { wall: number; cpu: number }[] = []
  for (let round = 0; round < 5; round++) {
    const { process } = await startLambdarium(['--data', data], 'off')
    found.push(timesOf(process))
    await process.stop()
  }
  const least = (name: 'wall' | 'cpu'): string => Math.min(...found.map(each => each[name])).toFixed(0)
  return `${least('wall')} ms, ${least('cpu')} ms of CPU`
}

const timesOf = (process: MeasuredProcess): { wall: number; cpu: number } => ({
  wall: process.startMilliseconds,
  cpu: process.cpuSeconds() * 1000,
})
