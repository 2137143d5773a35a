import { expect, test } from 'vitest'
import { compilePattern } from '../../../src/services/logs/filter/compile-pattern.ts'

/** Rules and most examples: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
const cases: readonly (readonly [pattern: string, message: string, matches: boolean])[] = [
  ['', 'anything', true],
  ['ERROR', '[ERROR 400] BAD REQUEST', true],
  ['ERROR', 'an error', false],
  ['ERROR ARGUMENTS', '[ERROR 419] MISSING ARGUMENTS', true],
  ['ERROR ARGUMENTS', '[ERROR 400] BAD REQUEST', false],
  ['"INTERNAL SERVER ERROR"', '[ERROR 500] INTERNAL SERVER ERROR', true],
  ['"INTERNAL ERROR"', '[ERROR 500] INTERNAL SERVER ERROR', false],
  ['?ERROR ?WARN', 'WARN: x', true],
  ['?ERROR ?WARN', 'INFO: x', false],
  ['ERROR -ARGUMENTS', 'ERROR 400', true],
  ['ERROR -ARGUMENTS', 'ERROR MISSING ARGUMENTS', false],
  ['-"not this"', 'but this', true],
  ['%AUTHORIZED%', 'UNAUTHORIZED', true],
  ['%^ERR%', 'an ERR', false],
  ['{ $.eventType = "UpdateTrail" }', '{"eventType":"UpdateTrail"}', true],
  ['{ $.eventType = "UpdateTrail" }', 'eventType UpdateTrail', false],
  ['{ $.eventType = UpdateTrail }', '{"eventType":"UpdateTrail"}', true],
  ['{ $.sourceIPAddress != 123.123.* }', '{"sourceIPAddress":"111.111.111.111"}', true],
  ['{ $.sourceIPAddress != 123.123.* }', '{"sourceIPAddress":"123.123.1.1"}', false],
  ['{ $.arrayKey[0] = "value" }', '{"arrayKey":["value","another"]}', true],
  ['{ $.objectList[1].id = 2 }', '{"objectList":[{"id":1},{"id":2}]}', true],
  ['{ $.SomeObject IS NULL }', '{"SomeObject":null}', true],
  ['{ $.SomeOtherObject NOT EXISTS }', '{"SomeObject":null}', true],
  ['{ $.ThisFlag IS TRUE }', '{"ThisFlag":true}', true],
  ['{ $.bandwidth > 75 }', '{"bandwidth":76}', true],
  ['{ $.bandwidth >= 75.5 }', '{"bandwidth":75}', false],
  [
    '{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }',
    '{"user":{"id":1},"users":[{"email":"John.Doe@example.com"}]}',
    true,
  ],
  ['{ ($.a = 1 && $.b = 2) || $.c = 3 }', '{"a":1,"b":3,"c":3}', true],
  ['{ $["a b"] = 1 }', '{"a b":1}', true],
  [`{ $.['cluster.name'] = "c" }`, '{"cluster.name":"c"}', true],
  ['{ $.arrayKey[*] = %val.{2}% }', '{"arrayKey":["a","value"]}', true],
  ['{ $.objectList[*].id = 3 }', '{"objectList":[{"id":1},{"id":2}]}', false],
  ['{ $.*.id = 2 }', '{"a":{"id":1},"b":{"id":2}}', true],
  [
    '[ip, user, username, timestamp, request, status_code, bytes]',
    '127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534',
    true,
  ],
  [
    '[ip, user, username, timestamp, request, status_code = 4*, bytes > 1000]',
    '127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534',
    true,
  ],
  [
    '[ip, user, username, timestamp, request, status_code = 5*, bytes]',
    '127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534',
    false,
  ],
  ['[..., status_code = 404 || status_code = 410, bytes]', '127.0.0.1 Prod 410 12', true],
  ['[w1!=ERROR && w1!=WARN, w2]', 'INFO x', true],
  ['[w1!=ERROR && w1!=WARN, w2]', 'WARN x', false],
]

test.each(cases)('%s · %s', (pattern, message, matches) => {
  expect(compilePattern(pattern)(message)).toBe(matches)
})

// Groups are no part of AWS's expressions, so none can run for ever.
test.each(['{ $.a = }', '{ a = 1 }', '[a, b', '"never ends', '%(a+)+$%', '{ $.a = %(a+)+$% }'])(
  '%s is refused',
  pattern => {
    expect(() => compilePattern(pattern)).toThrow('Invalid filter pattern')
  },
)
