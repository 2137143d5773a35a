/** Stops a function that was given to `read` or `transaction` and answers a promise: it would run on outside of it. */
export function refuseAsynchronous<Result>(result: Result): Result {
  if (result instanceof Promise) {
    result.catch(() => {})
    throw new TypeError('a function given to read or transaction must be synchronous')
  }
  return result
}
