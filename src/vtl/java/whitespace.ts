/** What `Character.isWhitespace` is true for, as a class of a regular expression: no non-breaking spaces. */
export const whitespace =
  '[\\t-\\r\\x1c-\\x20\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000]'
