import { randomFillSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { syncFolder } from '../assets/blob-file.mjs'
import { Layer } from './layer.ts'
import { openLogFile } from './log-file.ts'
import { headLength, readRecords } from './records.ts'

/**
 * A file's head: a name, the generation as a double, random bytes. The checksum of each group begins with the head's, so
 * that what an older generation left behind in the file, or a user's value, cannot be taken for a group.
 */
const fileHead = 32
const name = Buffer.from('LMDBLOG1')

/** Groups of changes that the tree has not taken yet, in two files that take turns. */
export interface Log {
  /** How many times it was begun anew. */
  readonly generation: number
  /** Bytes since it was begun anew. */
  readonly length: number
  /**
   * Resolves once a group is durable; `group` begins with room for a head. One at a time. After a failure the next group
   * is written in the same place. Groups that remove something find room on a disk that is full.
   */
  append(group: Buffer, removesSomething: boolean): Promise<void>
  /** Goes on in the other file, whose groups the tree has by now. */
  restart(): void
  close(): void
}

/** One generation as a file has it. */
interface Generation {
  readonly number: number
  readonly head: Buffer
  readonly layer: Layer
  /** Bytes and groups that are whole. */
  readonly length: number
  readonly groups: number
}

/** The log, and what an earlier process left in it: of its generation, and of the one before. */
export interface OpenedLog {
  readonly log: Log
  readonly recent: Layer
  readonly sealed: Layer | undefined
}

const checksum = (group: Buffer, seed: number): number => crc32(group.subarray(4), seed)

/** A generation that nobody has written to. Its random bytes are no id and leave the file for nothing, so no port has them. */
function begin(number: number): Generation {
  const head = randomFillSync(Buffer.alloc(fileHead), 16)
  head.set(name)
  head.writeDoubleLE(number, 8)
  return { number, head, layer: new Layer(), length: 0, groups: 0 }
}

/** Reads groups as long as they are whole: number, length and checksum of each fit. Undefined for what the tree has. */
function readGeneration(path: string, taken: number): Generation | undefined {
  const file = readFileSync(path)
  const head = Buffer.from(file.subarray(0, fileHead))
  if (head.length < fileHead || !head.subarray(0, name.length).equals(name)) return undefined
  const number = head.readDoubleLE(8)
  if (!(number > taken)) return undefined
  const seed = crc32(head)
  const layer = new Layer()
  let [at, groups] = [fileHead, 0]
  for (; at + headLength <= file.length; groups++) {
    const group = file.subarray(at, at + headLength + file.readUInt32LE(at + 4))
    if (group.length < headLength + file.readUInt32LE(at + 4) || file.readUInt32LE(at + 8) !== groups) break
    if (checksum(group, seed) !== file.readUInt32LE(at)) break
    readRecords(group.subarray(headLength), layer)
    at += group.length
  }
  return groups === 0 ? undefined : { number, head, layer, length: at, groups }
}

/** Opens the log in `directory`, and goes on where it was left; the tree has everything up to generation `taken`. */
export async function openLog(directory: string, taken: number): Promise<OpenedLog> {
  const paths = ['log-0', 'log-1'].map(file => join(directory, file))
  const files = await Promise.all(paths.map(openLogFile))
  await syncFolder(directory)
  const kept = paths
    .flatMap(path => readGeneration(path, taken) ?? [])
    .toSorted((a, b) => a.number - b.number)
  const { layer: recent, ...last } = kept.at(-1) ?? begin(taken + 1)
  let { number: generation, head, length, groups } = last
  let seed = crc32(head)
  const file = () => files[generation % 2] as (typeof files)[number]
  const log: Log = {
    get generation() {
      return generation
    },
    get length() {
      return length
    },
    async append(group, removesSomething) {
      group.writeUInt32LE(group.length - headLength, 4)
      group.writeUInt32LE(groups, 8)
      group.writeUInt32LE(checksum(group, seed), 0)
      const bytes = groups === 0 ? Buffer.concat([head, group]) : group
      await file().write(bytes, length, removesSomething)
      length += bytes.length
      groups++
    },
    restart() {
      ;({ number: generation, head, length, groups } = begin(generation + 1))
      seed = crc32(head)
      file().cut()
    },
    close() {
      for (const each of files) each.close()
    },
  }
  return { log, recent, sealed: kept.at(-2)?.layer }
}
