import { describe, expect, test } from 'vitest'
import { compilePolicy } from '../../../../src/aws/iam/policy/compile-policy.ts'
import { evaluatePolicy } from '../../../../src/aws/iam/policy/evaluate-policy.ts'
import { type ConditionValue, contextOf } from '../../../../src/aws/iam/policy/request-context.ts'
import { root } from '../sigv4/signed-request.ts'

/** Whether a statement with this condition allows a request with these keys. */
function holds(
  condition: object,
  keys: Readonly<Record<string, ConditionValue>>,
  version: '2012-10-17' | '2008-10-17' = '2012-10-17',
): boolean {
  const policy = compilePolicy({
    Version: version,
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition: condition }],
  })
  const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', context: contextOf(keys) }
  return evaluatePolicy(policy, request, root).effect === 'allow'
}

// The rules: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
test.each<[string, object, Readonly<Record<string, ConditionValue>>, boolean]>([
  ['StringEquals', { StringEquals: { 'aws:k': 'a' } }, { 'aws:k': 'a' }, true],
  ['StringEquals is exact', { StringEquals: { 'aws:k': 'a' } }, { 'aws:k': 'A' }, false],
  ['StringEquals takes no wildcard', { StringEquals: { 'aws:k': 'a*' } }, { 'aws:k': 'ab' }, false],
  ['any of several values', { StringEquals: { 'aws:k': ['a', 'b'] } }, { 'aws:k': 'b' }, true],
  [
    'all keys of a block',
    { StringEquals: { 'aws:k': 'a', 'aws:l': 'b' } },
    { 'aws:k': 'a', 'aws:l': 'x' },
    false,
  ],
  [
    'all blocks',
    { StringEquals: { 'aws:k': 'a' }, Bool: { 'aws:l': 'true' } },
    { 'aws:k': 'a', 'aws:l': false },
    false,
  ],
  ['keys in any case', { StringEquals: { 'AWS:K': 'a' } }, { 'aws:k': 'a' }, true],
  ['operators in any case', { stringequals: { 'aws:k': 'a' } }, { 'aws:k': 'a' }, true],
  ['a missing key', { StringEquals: { 'aws:k': 'a' } }, {}, false],
  ['a missing key, negated', { StringNotEquals: { 'aws:k': 'a' } }, {}, true],
  ['negated: none of the values', { StringNotEquals: { 'aws:k': ['a', 'b'] } }, { 'aws:k': 'b' }, false],
  ['negated: another value', { StringNotEquals: { 'aws:k': ['a', 'b'] } }, { 'aws:k': 'c' }, true],
  ['IfExists, missing', { StringEqualsIfExists: { 'aws:k': 'a' } }, {}, true],
  ['IfExists, there', { StringEqualsIfExists: { 'aws:k': 'a' } }, { 'aws:k': 'b' }, false],
  ['IgnoreCase', { StringEqualsIgnoreCase: { 'aws:k': 'ABC' } }, { 'aws:k': 'abc' }, true],
  ['NotEqualsIgnoreCase', { StringNotEqualsIgnoreCase: { 'aws:k': 'ABC' } }, { 'aws:k': 'abc' }, false],
  ['StringLike *', { StringLike: { 'aws:k': 'home/*/doc?' } }, { 'aws:k': 'home/a/b/docs' }, true],
  ['StringLike ? is one character', { StringLike: { 'aws:k': 'doc?' } }, { 'aws:k': 'doc' }, false],
  ['StringLike escapes', { StringLike: { 'aws:k': 'a.c${*}' } }, { 'aws:k': 'a.c*' }, true],
  ['StringLike dots are dots', { StringLike: { 'aws:k': 'a.c*' } }, { 'aws:k': 'abcd' }, false],
  ['StringNotLike', { StringNotLike: { 'aws:k': 'a*' } }, { 'aws:k': 'ab' }, false],
  ['NumericEquals', { NumericEquals: { 'aws:k': '10' } }, { 'aws:k': '10.0' }, true],
  ['NumericNotEquals', { NumericNotEquals: { 'aws:k': 10 } }, { 'aws:k': 10 }, false],
  ['NumericLessThan', { NumericLessThan: { 'aws:k': 10 } }, { 'aws:k': 9 }, true],
  ['NumericLessThanEquals', { NumericLessThanEquals: { 'aws:k': '10' } }, { 'aws:k': 10 }, true],
  ['NumericGreaterThan', { NumericGreaterThan: { 'aws:k': '10' } }, { 'aws:k': 10 }, false],
  ['NumericGreaterThanEquals', { NumericGreaterThanEquals: { 'aws:k': '10' } }, { 'aws:k': 10 }, true],
  ['no number', { NumericLessThan: { 'aws:k': '10' } }, { 'aws:k': 'nine' }, false],
  [
    'DateLessThan',
    { DateLessThan: { 'aws:k': '2026-01-02T00:00:00Z' } },
    { 'aws:k': '2026-01-01T23:59:59Z' },
    true,
  ],
  [
    'DateGreaterThan with an offset',
    { DateGreaterThan: { 'aws:k': '2026-01-01T12:00:00+02:00' } },
    { 'aws:k': '2026-01-01T10:30:00Z' },
    true,
  ],
  [
    'DateEquals with seconds',
    { DateEquals: { 'aws:k': '1767225600' } },
    { 'aws:k': '2026-01-01T00:00:00Z' },
    true,
  ],
  ['DateNotEquals', { DateNotEquals: { 'aws:k': '2026-01-01' } }, { 'aws:k': '2026-01-01T00:00:00Z' }, false],
  [
    'DateLessThanEquals',
    { DateLessThanEquals: { 'aws:k': '2026-01-01' } },
    { 'aws:k': '2026-01-01T00:00:00Z' },
    true,
  ],
  [
    'DateGreaterThanEquals',
    { DateGreaterThanEquals: { 'aws:k': '2026-01-01' } },
    { 'aws:k': '2025-12-31' },
    false,
  ],
  ['Bool', { Bool: { 'aws:k': 'true' } }, { 'aws:k': true }, true],
  ['Bool, missing', { Bool: { 'aws:k': 'false' } }, {}, false],
  ['BoolIfExists', { BoolIfExists: { 'aws:k': 'false' } }, {}, true],
  ['BinaryEquals', { BinaryEquals: { 'aws:k': 'QmluYXJ5' } }, { 'aws:k': 'QmluYXJ5' }, true],
  ['IpAddress', { IpAddress: { 'aws:k': '203.0.113.0/24' } }, { 'aws:k': '203.0.113.77' }, true],
  ['IpAddress, one', { IpAddress: { 'aws:k': '203.0.113.7' } }, { 'aws:k': '203.0.113.77' }, false],
  ['IpAddress, IPv6', { IpAddress: { 'aws:k': '2001:db8::/32' } }, { 'aws:k': '2001:db8:1::1' }, true],
  ['IpAddress, another family', { IpAddress: { 'aws:k': '::/0' } }, { 'aws:k': '10.0.0.1' }, false],
  [
    'NotIpAddress',
    { NotIpAddress: { 'aws:k': ['10.0.0.0/8', '127.0.0.1'] } },
    { 'aws:k': '127.0.0.1' },
    false,
  ],
  [
    'ArnEquals takes wildcards',
    { ArnEquals: { 'aws:k': 'arn:aws:sns:*:123456789012:*' } },
    { 'aws:k': 'arn:aws:sns:eu-west-1:123456789012:t' },
    true,
  ],
  [
    'ArnLike: a * ends at its colon',
    { ArnLike: { 'aws:k': 'arn:aws:s3:*:k' } },
    { 'aws:k': 'arn:aws:s3:::k' },
    false,
  ],
  [
    'ArnLike: the last part holds the rest',
    { ArnLike: { 'aws:k': 'arn:aws:lambda:*:*:function:*' } },
    { 'aws:k': 'arn:aws:lambda:r:1:function:f:live' },
    true,
  ],
  [
    'ArnNotLike',
    { ArnNotLike: { 'aws:k': 'arn:aws:iam::*:role/a*' } },
    { 'aws:k': 'arn:aws:iam::1:role/abc' },
    false,
  ],
  ['Null true', { Null: { 'aws:k': 'true' } }, {}, true],
  ['Null false', { Null: { 'aws:k': false } }, { 'aws:k': 'a' }, true],
  ['Null false, missing', { Null: { 'aws:k': 'false' } }, {}, false],
  ['ForAllValues', { 'ForAllValues:StringEquals': { 'aws:k': ['a', 'b'] } }, { 'aws:k': ['a'] }, true],
  [
    'ForAllValues, one too many',
    { 'ForAllValues:StringEquals': { 'aws:k': ['a', 'b'] } },
    { 'aws:k': ['a', 'c'] },
    false,
  ],
  ['ForAllValues, missing', { 'ForAllValues:StringEquals': { 'aws:k': 'a' } }, {}, true],
  ['ForAllValues, empty', { 'ForAllValues:StringEquals': { 'aws:k': 'a' } }, { 'aws:k': [] }, true],
  ['ForAnyValue', { 'ForAnyValue:StringLike': { 'aws:k': 'a*' } }, { 'aws:k': ['x', 'ab'] }, true],
  ['ForAnyValue, missing', { 'ForAnyValue:StringLike': { 'aws:k': 'a*' } }, {}, false],
  [
    'ForAnyValue negated: one that is not',
    { 'ForAnyValue:StringNotEquals': { 'aws:k': 'a' } },
    { 'aws:k': ['a', 'b'] },
    true,
  ],
  [
    'ForAllValues negated: none that is',
    { 'ForAllValues:StringNotEquals': { 'aws:k': 'a' } },
    { 'aws:k': ['a', 'b'] },
    false,
  ],
  [
    'ForAllValues IfExists',
    { 'ForAllValues:StringLikeIfExists': { 'aws:k': 'a*' } },
    { 'aws:k': ['ab'] },
    true,
  ],
  [
    'ForAnyValue IfExists, missing: no value holds',
    { 'ForAnyValue:StringNotEqualsIfExists': { 'aws:k': 'a' } },
    {},
    false,
  ],
  ['an operator that is none', { StringEqual: { 'aws:k': 'a' } }, { 'aws:k': 'a' }, false],
])('%s', (_name, condition, keys, expected) => {
  expect(holds(condition, keys)).toBe(expected)
})

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
describe('variables', () => {
  const home = { StringLike: { 's3:prefix': 'home/${aws:username}/*' } }

  test('stand for what the request has', () => {
    expect(holds(home, { 's3:prefix': 'home/ada/x', 'aws:username': 'ada' })).toBe(true)
    expect(holds(home, { 's3:prefix': 'home/eve/x', 'aws:username': 'ada' })).toBe(false)
  })
  test('mean nothing in the old version', () => {
    expect(holds(home, { 's3:prefix': 'home/ada/x', 'aws:username': 'ada' }, '2008-10-17')).toBe(false)
    expect(holds(home, { 's3:prefix': 'home/${aws:username}/x' }, '2008-10-17')).toBe(true)
  })
  test('without a value match nothing, in negated lines too', () => {
    expect(holds(home, { 's3:prefix': 'home//x' })).toBe(false)
    expect(holds({ StringNotEquals: { 'aws:k': '${aws:username}' } }, { 'aws:k': 'a' })).toBe(false)
  })
  test('may have a default', () => {
    const condition = { StringEquals: { 'aws:k': "${aws:PrincipalTag/team, 'company-wide'}" } }
    expect(holds(condition, { 'aws:k': 'company-wide' })).toBe(true)
    expect(holds(condition, { 'aws:k': 'poets', 'aws:PrincipalTag/team': 'poets' })).toBe(true)
  })
  test('bring no wildcards with them', () => {
    expect(holds(home, { 's3:prefix': 'home/eve/x', 'aws:username': '*' })).toBe(false)
    expect(holds({ StringLike: { 'aws:k': '${*}${?}${$}' } }, { 'aws:k': '*?$' })).toBe(true)
  })
  test('of several values stand for none', () => {
    expect(
      holds({ StringEquals: { 'aws:k': '${aws:TagKeys}' } }, { 'aws:k': 'a', 'aws:TagKeys': ['a', 'b'] }),
    ).toBe(false)
  })
  test('stand in dates, numbers, addresses and ARNs', () => {
    expect(holds({ NumericEquals: { 'aws:k': '${aws:n}' } }, { 'aws:k': 3, 'aws:n': '3' })).toBe(true)
    expect(
      holds({ IpAddress: { 'aws:k': '${aws:n}' } }, { 'aws:k': '10.1.2.3', 'aws:n': '10.0.0.0/8' }),
    ).toBe(true)
    expect(
      holds(
        { ArnLike: { 'aws:k': 'arn:aws:iam::${aws:a}:role/*' } },
        { 'aws:k': 'arn:aws:iam::1:role/x', 'aws:a': '1' },
      ),
    ).toBe(true)
  })
})

test('a pattern of many stars answers at once', () => {
  const condition = { StringLike: { 'aws:k': `${'*a'.repeat(12)}*b` } }
  expect(holds(condition, { 'aws:k': 'a'.repeat(200) })).toBe(false)
})
