import {
  BatchExecuteStatementCommand,
  CreateTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  ExecuteTransactionCommand,
} from '@aws-sdk/client-dynamodb'
import { expect, onTestFinished, test } from 'vitest'
import { dynamodb } from '../../../src/services/dynamodb/index.ts'
import { startDoor } from '../../support/aws-door.ts'

async function start() {
  const door = await startDoor({ services: [dynamodb] })
  const client = new DynamoDBClient({ ...door.clientConfig(), maxAttempts: 1 })
  onTestFinished(() => client.destroy())
  await client.send(
    new CreateTableCommand({
      TableName: 'Music',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'artist', AttributeType: 'S' },
        { AttributeName: 'title', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'artist', KeyType: 'HASH' },
        { AttributeName: 'title', KeyType: 'RANGE' },
      ],
    }),
  )
  return {
    client,
    run: (Statement: string, more: object = {}) =>
      client.send(new ExecuteStatementCommand({ Statement, ...more })),
  }
}

test('statements insert, select, update and delete', async () => {
  const { run } = await start()
  for (const [title, year] of [
    ['Alpha', 1],
    ['Beta', 2],
    ['Gamma', 3],
  ])
    await run(
      `INSERT INTO "Music" VALUE {'artist': 'Acme', 'title': ?, 'year': ?, 'tags': <<'x','it''s'>>}`,
      {
        Parameters: [{ S: title }, { N: String(year) }],
      },
    )
  const titles = async (rest: string, more: object = {}) =>
    (await run(`SELECT title FROM Music ${rest}`, more)).Items?.map(item => item['title']?.S)
  expect(await titles("WHERE artist = 'Acme' ORDER BY title DESC")).toEqual(['Gamma', 'Beta', 'Alpha'])
  expect(await titles("WHERE artist IN ['Nobody', 'Acme'] AND title > 'Alpha'")).toEqual(['Beta', 'Gamma'])
  expect(await titles('WHERE artist = \'Acme\' AND ("year" = 1 OR NOT "year" BETWEEN 1 AND 2)')).toEqual([
    'Alpha',
    'Gamma',
  ])
  expect(await titles("WHERE contains(tags, 'it''s') AND nothing IS MISSING AND size(title) = 4")).toEqual([
    'Beta',
  ])
  const first = await run("SELECT title FROM Music WHERE artist = 'Acme'", { Limit: 2 })
  expect(first.Items).toEqual([{ title: { S: 'Alpha' } }, { title: { S: 'Beta' } }])
  expect(await titles("WHERE artist = 'Acme'", { Limit: 2, NextToken: first.NextToken })).toEqual(['Gamma'])

  const updated = await run(
    `UPDATE Music SET "year" = "year" + 10 SET tags = set_add(tags, <<'y'>>) REMOVE gone
     WHERE artist = 'Acme' AND title = 'Beta' AND "year" = 2 RETURNING ALL NEW *`,
  )
  expect(updated.Items).toEqual([
    { artist: { S: 'Acme' }, title: { S: 'Beta' }, year: { N: '12' }, tags: { SS: ['x', "it's", 'y'] } },
  ])
  const removed = await run("DELETE FROM Music WHERE artist = 'Acme' AND title = 'Beta' RETURNING ALL OLD *")
  expect(removed.Items).toEqual(updated.Items)
})

test.each([
  [
    "UPDATE Music SET a = 1 WHERE artist = 'x' AND title = 'y'",
    {},
    'ConditionalCheckFailedException: The conditional request failed',
  ],
  [
    "DELETE FROM Music WHERE artist = 'x'",
    {},
    'ValidationException: Where clause does not contain a mandatory equality on all key attributes',
  ],
  [
    'SELECT * FROM Music WHERE artist = ?',
    {},
    "ValidationException: Number of parameters in request and statement don't match.",
  ],
  ['SELECT * FROM Nowhere', {}, 'ResourceNotFoundException: Requested resource not found'],
  [
    'SELECT * FROM Music WHERE',
    {},
    `ValidationException: Statement wasn't well formed, can't be processed: unexpected "<EOF>"`,
  ],
  [
    "UPDATE Music WHERE artist = 'x'",
    {},
    "ValidationException: Statement wasn't well formed, can't be processed: Expected data manipulation",
  ],
  [
    `SELECT * FROM Music WHERE a = ${'['.repeat(4000)}`,
    {},
    "ValidationException: Statement wasn't well formed, can't be processed: it is nested too deeply",
  ],
])('a wrong statement is refused: %#', async (statement, more, expected) => {
  const { run } = await start()
  await expect(run(statement, more).catch(error => `${error.name}: ${error.message}`)).resolves.toBe(expected)
})

test('batches answer statement by statement, transactions as a whole', async () => {
  const { client, run } = await start()
  const insert = (title: string) => ({
    Statement: `INSERT INTO Music VALUE {'artist': 'A', 'title': '${title}'}`,
  })
  const batch = await client.send(
    new BatchExecuteStatementCommand({ Statements: [insert('one'), insert('one'), insert('two')] }),
  )
  expect(batch.Responses).toEqual([
    { TableName: 'Music' },
    {
      TableName: 'Music',
      Error: { Code: 'DuplicateItem', Message: 'Duplicate primary key exists in table' },
    },
    { TableName: 'Music' },
  ])
  const failed = await client
    .send(new ExecuteTransactionCommand({ TransactStatements: [insert('three'), insert('one')] }))
    .catch(error => error)
  expect(failed.CancellationReasons).toEqual([
    { Code: 'None' },
    { Code: 'DuplicateItem', Message: 'Duplicate primary key exists in table' },
  ])
  await client.send(
    new ExecuteTransactionCommand({
      TransactStatements: [
        insert('four'),
        { Statement: "EXISTS(SELECT * FROM Music WHERE artist = 'A' AND title = 'one')" },
      ],
    }),
  )
  const all = await run("SELECT title FROM Music WHERE artist = 'A'")
  expect(all.Items?.map(item => item['title']?.S)).toEqual(['four', 'one', 'two'])
})

test('what a statement may not do is said as AWS says it', async () => {
  const { client, run } = await start()
  const refused = (message: string) => ({ name: 'ValidationException', message })
  const key = "artist = 'Acme' AND title = 'Alpha'"
  await expect(run(`DELETE FROM Music WHERE ${key} RETURNING MODIFIED OLD *`)).rejects.toMatchObject(
    refused(
      'Invalid returning clause: RETURNING MODIFIED OLD *. Only RETURNING ALL OLD * is allowed in DELETE statements.',
    ),
  )
  await expect(run(`SELECT * FROM Music."a"."b" WHERE ${key}`)).rejects.toMatchObject(
    refused('A path may contain at most 2 components in the FROM clause'),
  )
  await expect(run(`SELECT * FROM "" WHERE ${key}`)).rejects.toMatchObject(
    refused('Path component cannot be an empty string'),
  )
  await expect(
    run('SELECT * FROM Nowhere WHERE artist BETWEEN ? AND ?', { Parameters: [{ S: 'a' }, { BOOL: true }] }),
  ).rejects.toMatchObject(
    refused(
      'Incorrect operand type for operator or function; operator or function: BETWEEN, operand type: BOOL',
    ),
  )
  const transact = (Statement: string) =>
    client.send(new ExecuteTransactionCommand({ TransactStatements: [{ Statement }] }))
  await expect(transact(`UPDATE Music SET x = 1 WHERE ${key} RETURNING ALL NEW *`)).rejects.toMatchObject(
    refused(
      'Validation failed in TransactStatements[0]: RETURNING clause is not supported in ExecuteTransaction.',
    ),
  )
  await expect(transact(`SELECT * FROM Music."by-year" WHERE ${key}`)).rejects.toMatchObject(
    refused(
      'Validation failed in TransactStatements[0]: Reads on indices are not supported within transactions.',
    ),
  )
})

test('a statement of a batch that cannot run leaves the others alone', async () => {
  const { client } = await start()
  const batch = async (...statements: string[]) => {
    const Statements = statements.map(Statement => ({ Statement }))
    return (await client.send(new BatchExecuteStatementCommand({ Statements }))).Responses
  }
  const insert = "INSERT INTO Music VALUE {'artist': 'Acme', 'title': 'Alpha', 'none': ?}"
  const Parameters = [{ NULL: false as unknown as true }]
  await client.send(new ExecuteStatementCommand({ Statement: insert, Parameters }))
  const error = (Code: string, Message: string) => ({ Error: { Code, Message } })
  const noKey =
    'Select statements within BatchExecuteStatement must specify the primary key in the where clause.'
  expect(
    await batch(
      "SLECT * FROM Music WHERE artist = 'Acme'",
      "SELECT * FROM Music WHERE artist = 'Acme'",
      `SELECT * FROM Music."by-year" WHERE artist = 'Acme' AND title = 'Alpha'`,
      "SELECT none FROM Music WHERE artist = 'Acme' AND title = 'Alpha'",
    ),
  ).toEqual([
    error('ValidationError', "Statement wasn't well formed, can't be processed: Expected data manipulation"),
    error('ValidationError', noKey),
    error('ValidationError', noKey),
    { TableName: 'Music', Item: { none: { NULL: true } } },
  ])
  expect(await batch("INSERT INTO Music VALUE {'artist': 'Acme', 'title': 'Alpha'}")).toEqual([
    { TableName: 'Music', ...error('DuplicateItem', 'Duplicate primary key exists in table') },
  ])
})
