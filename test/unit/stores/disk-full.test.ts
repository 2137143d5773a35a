import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { bundleChild, runChild } from './children/run-child.ts'

const directory = mkdtempSync(join(tmpdir(), 'lambdarium-full-'))

/** A disk of 6 MB, where this machine lets us make one (Linux, root). */
function mounted(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', directory], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const small = mounted()

afterAll(() => {
  if (small) execFileSync('umount', [directory])
  rmSync(directory, { recursive: true, force: true })
})

test.skipIf(!small)(
  'a full disk answers an error, loses nothing and serves again once there is room',
  async () => {
    const child = await bundleChild('disk-filler')
    const lines: string[] = []
    try {
      const outcome = await runChild(child.file, [directory], line => lines.push(line))
      expect([outcome.code, outcome.signal]).toEqual([0, null])
    } finally {
      await child.remove()
    }
    expect(JSON.parse(String(lines.at(-1)))).toEqual({
      written: true,
      failures: ['the store could not write'],
      readable: true,
      blobFailure: 'ENOSPC',
      filesAfterFailure: 1,
      afterwards: 'written',
      countFits: true,
    })
  },
)
