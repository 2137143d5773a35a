// Errors of the Node runtime and how AWS writes errors down.
import { types } from 'node:util'

/** @param {string} name @returns {new (message: string) => Error} */
function runtimeError(name) {
  const errorClass = { [name]: class extends Error {} }[name]
  if (!errorClass) throw new Error('unreachable')
  errorClass.prototype.name = `Runtime.${name}`
  return errorClass
}

export const ImportModuleError = runtimeError('ImportModuleError')
export const HandlerNotFound = runtimeError('HandlerNotFound')
export const MalformedHandlerName = runtimeError('MalformedHandlerName')
export const UserCodeSyntaxError = runtimeError('UserCodeSyntaxError')
export const MalformedStreamingHandler = runtimeError('MalformedStreamingHandler')
export const InvalidStreamingOperation = runtimeError('InvalidStreamingOperation')
export const NodeJsExit = runtimeError('NodeJsExit')

/** A rejection that nobody handled; ends the environment. */
export class UnhandledPromiseRejection extends Error {
  /** @param {unknown} reason @param {Promise<unknown>} promise */
  constructor(reason, promise) {
    super(String(reason))
    this.reason = reason
    this.promise = promise
  }
}
UnhandledPromiseRejection.prototype.name = 'Runtime.UnhandledPromiseRejection'

/** @param {unknown} value @returns {value is Error} also what another realm or library made to look like one */
function looksLikeError(value) {
  if (types.isNativeError(value)) return true
  if (typeof value !== 'object' || value === null) return false
  const { name, message, stack } = /** @type {Record<string, unknown>} */ (value)
  return [name, message, stack].every(part => typeof part === 'string' && part !== '')
}

/** @param {string} text @returns {string} DEL cannot travel in the headers of the Runtime API, so AWS escapes it */
function withoutDelete(text) {
  return text.replaceAll('\u007f', '%7F')
}

/**
 * The answer that a caller of the function sees.
 * @param {unknown} error
 * @returns {{ errorType: string, errorMessage: string, trace?: string[] }}
 */
export function describeError(error) {
  try {
    if (looksLikeError(error)) {
      return {
        errorType: withoutDelete(error.name),
        errorMessage: withoutDelete(error.message),
        trace: withoutDelete(String(error.stack)).split('\n'),
      }
    }
    return { errorType: typeof error, errorMessage: String(error), trace: [] }
  } catch {
    return {
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
    }
  }
}

/** @param {unknown} value */
function withHiddenMembers(value) {
  if (!(value instanceof Error)) return value
  const { code } = /** @type {Error & { code?: unknown }} */ (value)
  const shown = Object.assign({ errorType: value.name, errorMessage: value.message, code }, value)
  return typeof value.stack === 'string' ? { ...shown, stack: value.stack.split('\n') } : shown
}

/** @param {unknown} error @returns {string} an error for the log in text format: a tab and JSON with the stack in lines */
export function errorLine(error) {
  try {
    return `\t${JSON.stringify(error, (_key, value) => withHiddenMembers(value))}`
  } catch {
    return `\t${JSON.stringify(describeError(error))}`
  }
}
