import { expect, test } from 'vitest'
import { eventText } from '../../../src/triggers/dynamodb-stream/event-text.ts'

const record = (ApproximateCreationDateTime: number, text = '') => ({
  dynamodb: { ApproximateCreationDateTime, Keys: { id: { S: text } } },
})

test("a record's time is a double as Java writes it, and what a record holds stays as it is", () => {
  const held = '"ApproximateCreationDateTime":5,'
  const text = eventText({ Records: [record(1_796_007_820, held), record(1_796_000_000), record(5)] })
  expect(text.match(/"ApproximateCreationDateTime":[^,}]+/g)).toEqual([
    '"ApproximateCreationDateTime":1.79600782E9',
    '"ApproximateCreationDateTime":1.796E9',
    '"ApproximateCreationDateTime":5.0',
  ])
  expect(JSON.parse(text)).toEqual({
    Records: [record(1_796_007_820, held), record(1_796_000_000), record(5)],
  })
})
