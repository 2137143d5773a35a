import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { expect, test } from 'vitest'
import { AwsError, defineService } from '../../../src/aws/index.ts'
import { startDoor } from '../../support/aws-door.ts'

const parameters = defineService<Map<string, string>>({
  id: 'ssm',
  createState: () => new Map(),
  operations: {
    PutParameter: ({ state }, input: { Name: string; Value: string }) => {
      state.set(input.Name, input.Value)
      return { Version: 1 }
    },
    GetParameter: ({ state, now }, input: { Name: string }) => {
      const Value = state.get(input.Name)
      if (Value === undefined) throw new AwsError('ParameterNotFound', '')
      return { Parameter: { Name: input.Name, Value, LastModifiedDate: new Date(now), Version: 1 } }
    },
  },
})

test('a real SDK client talks to a service of the door', async () => {
  const { clientConfig } = await startDoor({ services: [parameters] })
  const ssm = new SSMClient(clientConfig())
  await ssm.send(new PutParameterCommand({ Name: '/a', Value: 'é"\n' }))
  const { Parameter, $metadata } = await ssm.send(new GetParameterCommand({ Name: '/a' }))
  expect(Parameter).toEqual({
    Name: '/a',
    Value: 'é"\n',
    Version: 1,
    LastModifiedDate: new Date('2026-01-01T00:00:00Z'),
  })
  expect($metadata.requestId).toBe('00000000-0000-4000-8000-000000000002')
  await expect(ssm.send(new GetParameterCommand({ Name: '/b' }))).rejects.toMatchObject({
    name: 'ParameterNotFound',
    $metadata: { httpStatusCode: 400 },
  })
})
