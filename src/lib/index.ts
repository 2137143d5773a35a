export { codeFrame } from './code-frame.ts'
export { memoize } from './memoize.ts'
export { nearestName } from './nearest-name.ts'
export { UserError, type UserPosition } from './user-error.ts'
