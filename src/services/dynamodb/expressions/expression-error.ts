/** What is wrong with an expression; the operation says which of its parameters it was (`Invalid FilterExpression: …`). */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
}

/** Makes an `ExpressionError`. */
export function expressionError(message: string): ExpressionError {
  return new ExpressionError(message)
}
