/** Keys that clients send and that stores of keys as paths lose. */
export const oddKeys = [
  ' ',
  'a b',
  'a+b',
  'a%20b',
  '&<>"\'',
  'a//b',
  '/lead',
  'trail/',
  'p',
  'p/',
  'p/q',
  './x',
  '../x',
  'a/../b',
  'a/./b',
  '..',
  '\u00e9',
  'e\u0301',
  '😀',
  '\ue000',
  'back\\slash',
  'Case',
  'case',
  'x.json',
  'k'.repeat(1024),
  'ü'.repeat(512),
]

/** The order of S3's lists. */
export const byBytes = (one: string, other: string): number =>
  Buffer.compare(Buffer.from(one), Buffer.from(other))
