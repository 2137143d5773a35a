/**
 * Everything that may stand in one. Groups are not among it, so no pattern can keep the simulator busy for ever.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html#regex-expressions
 */
const allowed = /^(?:[A-Za-z0-9:_#=@/;,\s^$?[\]{}|*+.-]|\\[\x21-\x7e])*$/

/** Compiles what stands between two `%`. */
export function compileRegularExpression(text: string): RegExp {
  if (!allowed.test(text)) throw new SyntaxError(`${text} holds characters that expressions may not have`)
  return new RegExp(text)
}
