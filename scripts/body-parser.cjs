// Stands in for body-parser in the bundle: Express loads it for `express.json()` and its like, which nothing here calls,
// and its tables of character sets would be a fifth of all that a start reads (docs/decisions/081).
/** @param {string} name */
const absent = name => () => {
  throw new Error(`express.${name}() is not part of this bundle`)
}
module.exports = Object.fromEntries(['json', 'raw', 'text', 'urlencoded'].map(name => [name, absent(name)]))
