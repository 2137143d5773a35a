import { crc32, deflateSync } from 'node:zlib'

/** A black and white picture as PNG: `true` is black, each cell `scale` pixels wide, with a white margin of `margin` cells. */
export function blackAndWhitePng(
  cells: readonly (readonly boolean[])[],
  { scale, margin }: { readonly scale: number; readonly margin: number },
): Uint8Array {
  const size = (cells.length + 2 * margin) * scale
  const rowBytes = Math.ceil(size / 8) + 1
  const pixels = Buffer.alloc(rowBytes * size)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const black = cells[Math.floor(y / scale) - margin]?.[Math.floor(x / scale) - margin] === true
      // A row begins with its filter (0, none); a bit that is set is white.
      const at = y * rowBytes + 1 + (x >> 3)
      if (!black) pixels[at] = (pixels[at] ?? 0) | (0x80 >> (x & 7))
    }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header[8] = 1
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(data.length, 0)
  around.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)])
}
