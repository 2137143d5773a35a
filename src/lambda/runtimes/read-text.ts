import { StringDecoder } from 'node:string_decoder'
import type { SupervisedProcess } from '../processes/supervised-process.ts'

/** Reads both outputs as text; characters that are cut by a chunk's end are put together. */
export function readText(
  child: SupervisedProcess,
  onText: (text: string) => void,
  filter: (text: string) => string = text => text,
): void {
  for (const stream of [child.stdout, child.stderr]) {
    const decoder = new StringDecoder('utf8')
    stream.on('data', (chunk: Buffer) => {
      const text = decoder.write(chunk)
      const shown = stream === child.stderr ? filter(text) : text
      if (shown !== '') onText(shown)
    })
    stream.on('error', () => {})
  }
}
