import type { Place } from '../problems.ts'
import type { SourcePosition } from '../snapshot.ts'
import { originalOffset, type PlacedEdit } from './placeholders.ts'

/** The text of one file as it was read, able to say where an offset stands. */
export interface SourceText {
  /** Absolute. */
  readonly file: string
  /** As the file holds it. */
  readonly original: string
  /** With placeholders replaced; what is parsed and what offsets count in. */
  readonly text: string
  positionAt(offset: number): SourcePosition
  placeAt(offset: number): Place
}

/** Wraps a file's text; `edits` say which placeholders were replaced. */
export function sourceText(
  file: string,
  original: string,
  text: string,
  edits: readonly PlacedEdit[],
): SourceText {
  let starts: number[] | undefined
  const positionAt = (offset: number): SourcePosition => {
    starts ??= lineStarts(original)
    const place = Math.min(originalOffset(edits, offset), original.length)
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= place) low = middle
      else high = middle - 1
    }
    return { file, line: low + 1, column: place - (starts[low] ?? 0) + 1 }
  }
  return {
    file,
    original,
    text,
    positionAt,
    placeAt: offset => ({ position: positionAt(offset), source: original }),
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1))
    starts.push(index + 1)
  return starts
}
