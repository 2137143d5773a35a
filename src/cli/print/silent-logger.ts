import type { Logger } from '../../ports/index.ts'

/** Says nothing: for commands whose problems are their result. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} }
