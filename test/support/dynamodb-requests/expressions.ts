import { type Json, names, Values } from './values.ts'

const operators = ['=', '<>', '<', '<=', '>', '>=']
const functions = [
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
]

/** Makes expressions with what they refer to, and PartiQL statements. */
export class Expressions extends Values {
  path = (): string => {
    const head = this.pick(['k', 's', 'g', 'h', 'l', 'a', 'b', 'c', 'm', '#n', '#n', '#k'])
    return head + this.list(2, () => this.pick(['.a', '.#n', '[0]', '[1]', '[9]'])).join('')
  }
  operand = (): string =>
    this.chance(0.5)
      ? this.pick([':v', ':w', ':v', ':z'])
      : this.chance(0.1)
        ? `size(${this.path()})`
        : this.path()

  condition(depth = 0): string {
    const kind = this.below(depth > 3 ? 5 : 9)
    if (kind < 2) return `${this.operand()} ${this.pick(operators)} ${this.operand()}`
    if (kind === 2) return `${this.operand()} BETWEEN ${this.operand()} AND ${this.operand()}`
    if (kind === 3)
      return `${this.operand()} IN (${[this.operand(), ...this.list(3, this.operand)].join(', ')})`
    if (kind === 4)
      return `${this.pick(functions)}(${[this.path(), ...this.list(1, this.operand)].join(', ')})`
    if (kind === 5) return `NOT ${this.condition(depth + 1)}`
    if (kind === 6) return `(${this.condition(depth + 1)})`
    return `${this.condition(depth + 1)} ${this.pick(['AND', 'OR', 'and'])} ${this.condition(depth + 1)}`
  }

  update(): string {
    const right = (): string =>
      this.pick([
        this.operand,
        () => `${this.operand()} ${this.pick(['+', '-'])} ${this.operand()}`,
        () => `if_not_exists(${this.path()}, ${this.operand()})`,
        () => `list_append(${this.operand()}, ${this.operand()})`,
      ])()
    const clauses = [
      () => `SET ${[0, ...this.list(2, () => 0)].map(() => `${this.path()} = ${right()}`).join(', ')}`,
      () => `REMOVE ${[this.path(), ...this.list(1, this.path)].join(', ')}`,
      () => `ADD ${this.path()} ${this.operand()}`,
      () => `DELETE ${this.path()} ${this.operand()}`,
    ]
    return [0, ...this.list(1, () => 0)].map(() => this.pick(clauses)()).join(' ')
  }

  keyCondition(table: string): string {
    const range = table === 'Plain' ? 'a' : this.pick(['s', 's', 'h', 'l'])
    const test = this.pick([
      () => `${range} ${this.pick(operators)} :w`,
      () => `${range} BETWEEN :w AND :x`,
      () => `begins_with(${range}, :w)`,
      () => this.condition(4),
    ])
    const hash = this.pick(['k', 'k', 'k', 'g'])
    return this.chance(0.4) ? `${hash} = :v` : `${hash} = :v AND ${test()}`
  }

  placeholders(text: string, table: string): Record<string, Json> {
    const values = [...new Set(text.match(/:[a-z]/g) ?? [])].map(name => [
      name,
      name === ':v' && this.chance(0.6)
        ? this.key(table)['k']
        : this.chance(0.5)
          ? { N: this.number() }
          : this.value(),
    ])
    const used = [...new Set(text.match(/#[a-z]/g) ?? [])].map(name => [
      name,
      name === '#k' ? 'k' : this.pick(names),
    ])
    return {
      ...(values.length > 0 &&
        this.chance(0.97) && { ExpressionAttributeValues: Object.fromEntries(values) }),
      ...(used.length > 0 && this.chance(0.97) && { ExpressionAttributeNames: Object.fromEntries(used) }),
    }
  }

  /** The members of some expressions, with what they need. */
  expressions(table: string, wanted: Record<string, () => string>, share = 0.6): Record<string, Json> {
    const texts = Object.fromEntries(
      Object.entries(wanted)
        .filter(() => this.chance(share))
        .map(([name, make]) => [name, make()]),
    )
    return { ...texts, ...this.placeholders(Object.values(texts).join(' '), table) }
  }

  statement(): { readonly Statement: string; readonly Parameters?: Json } {
    const table = this.pick(['Rich', '"Rich"', 'Plain', '"Rich"."by-g"', 'Missing'])
    const literal = (): string =>
      this.pick(["'a'", '1', '?', 'TRUE', 'NULL', "<<'a'>>", '[1, 2]', "{'a': 1}", "'it''s'", '1e3', '-1'])
    const where = (): string =>
      this.pick([
        () => `k = ${literal()}`,
        () => `k = 'a' AND s = ${literal()}`,
        () => `k IN ('a', ${literal()})`,
        () => `s BETWEEN 1 AND ${literal()} OR NOT begins_with(g, 'a')`,
        () => `a.b[0] = ${literal()} AND k = 'b'`,
        () => `g IS MISSING OR attribute_type(h, 'N')`,
      ])()
    const Statement = this.pick([
      () =>
        `SELECT ${this.pick(['*', 'k, s', 'a.b', 'g'])} FROM ${table}${this.chance(0.8) ? ` WHERE ${where()}` : ''}${this.chance(0.1) ? ' ORDER BY s DESC' : ''}`,
      () => `INSERT INTO ${table} VALUE {'k': ${literal()}, 's': ${literal()}, 'a': ${literal()}}`,
      () =>
        `UPDATE ${table} SET ${this.pick(['a', 'b.c', 'h', 'g', 's'])} = ${literal()} WHERE k = 'a' AND s = ${literal()}${this.chance(0.3) ? ' RETURNING ALL NEW *' : ''}`,
      () => `UPDATE ${table} REMOVE a[0] WHERE k = 'a' AND s = 1`,
      () => `DELETE FROM ${table} WHERE ${where()}`,
      () =>
        this.list(8, () =>
          this.pick(['SELECT', '*', 'FROM', 'Rich', 'WHERE', "'", '(', ')', '=', 'k', '?', '--', ';']),
        ).join(' '),
    ])()
    const Parameters = (Statement.match(/\?/g) ?? []).map(() => this.value())
    return { Statement, ...(Parameters.length > 0 && { Parameters }) }
  }
}
