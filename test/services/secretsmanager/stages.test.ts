import {
  CreateSecretCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager'
import { expect, test } from 'vitest'
import { secretsmanager } from '../../../src/services/secretsmanager/index.ts'
import { startDoor } from '../../support/aws-door.ts'

const id = (version: number): string => `00000000-0000-4000-8000-${String(version).padStart(12, '0')}`

/** `put` a version, or `move` a stage: [stage, from, to]. */
type Step =
  | { readonly put: number; readonly stages?: string[] }
  | { readonly move: readonly [string, number | undefined, number | undefined] }

async function start() {
  const { clientConfig } = await startDoor({ services: [secretsmanager] })
  const client = new SecretsManagerClient(clientConfig())
  await client.send(new CreateSecretCommand({ Name: 's', SecretString: '1', ClientRequestToken: id(1) }))
  return {
    async take(step: Step): Promise<void> {
      if ('put' in step) {
        const version = { SecretString: String(step.put), ClientRequestToken: id(step.put) }
        await client.send(
          new PutSecretValueCommand({
            SecretId: 's',
            ...version,
            ...(step.stages ? { VersionStages: step.stages } : {}),
          }),
        )
        return
      }
      const [VersionStage, from, to] = step.move
      await client.send(
        new UpdateSecretVersionStageCommand({
          SecretId: 's',
          VersionStage,
          ...(from === undefined ? {} : { RemoveFromVersionId: id(from) }),
          ...(to === undefined ? {} : { MoveToVersionId: id(to) }),
        }),
      )
    },
    async stages(IncludeDeprecated = false): Promise<Record<string, string[] | undefined>> {
      const { Versions } = await client.send(
        new ListSecretVersionIdsCommand({ SecretId: 's', IncludeDeprecated }),
      )
      return Object.fromEntries(
        (Versions ?? []).map(({ VersionId, VersionStages }) => [
          Number(VersionId?.slice(-12)),
          VersionStages?.toSorted(),
        ]),
      )
    },
  }
}

/** Recorded from AWS: https://github.com/localstack/localstack/blob/main/tests/aws/services/secretsmanager/test_secretsmanager.snapshot.json */
const recorded: [string, [Step, Record<number, string[]>][]][] = [
  [
    'current_pending',
    [
      [
        { put: 2, stages: ['AWSPENDING'] },
        { 1: ['AWSCURRENT'], 2: ['AWSPENDING'] },
      ],
      [{ move: ['AWSCURRENT', 1, 2] }, { 1: ['AWSPREVIOUS'], 2: ['AWSCURRENT', 'AWSPENDING'] }],
      [{ put: 3 }, { 2: ['AWSPREVIOUS'], 3: ['AWSCURRENT'] }],
    ],
  ],
  [
    'current_pending_cycle',
    [
      [
        { put: 2, stages: ['AWSPENDING'] },
        { 1: ['AWSCURRENT'], 2: ['AWSPENDING'] },
      ],
      [{ move: ['AWSCURRENT', 1, 2] }, { 1: ['AWSPREVIOUS'], 2: ['AWSCURRENT', 'AWSPENDING'] }],
      [
        { put: 3, stages: ['AWSPENDING'] },
        { 1: ['AWSPREVIOUS'], 2: ['AWSCURRENT'], 3: ['AWSPENDING'] },
      ],
      [{ move: ['AWSCURRENT', 2, 3] }, { 2: ['AWSPREVIOUS'], 3: ['AWSCURRENT', 'AWSPENDING'] }],
    ],
  ],
  [
    'current_pending_cycle_custom_stages_2',
    [
      [
        { put: 2, stages: ['AWSCURRENT', 'PUT0'] },
        { 1: ['AWSPREVIOUS'], 2: ['AWSCURRENT', 'PUT0'] },
      ],
      [
        { put: 3, stages: ['AWSPENDING', 'PUT1'] },
        { 1: ['AWSPREVIOUS'], 2: ['AWSCURRENT', 'PUT0'], 3: ['AWSPENDING', 'PUT1'] },
      ],
      [
        { move: ['AWSCURRENT', 2, 3] },
        { 2: ['AWSPREVIOUS', 'PUT0'], 3: ['AWSCURRENT', 'AWSPENDING', 'PUT1'] },
      ],
      [
        { put: 4, stages: ['AWSPENDING', 'PUT2'] },
        { 2: ['AWSPREVIOUS', 'PUT0'], 3: ['AWSCURRENT', 'PUT1'], 4: ['AWSPENDING', 'PUT2'] },
      ],
      [
        { move: ['AWSCURRENT', 3, 4] },
        { 2: ['PUT0'], 3: ['AWSPREVIOUS', 'PUT1'], 4: ['AWSCURRENT', 'AWSPENDING', 'PUT2'] },
      ],
    ],
  ],
  [
    'current_pending_cycle_custom_stages_3',
    [
      [
        { put: 2, stages: ['PENDING'] },
        { 1: ['AWSCURRENT'], 2: ['PENDING'] },
      ],
      [{ move: ['AWSCURRENT', 1, 2] }, { 1: ['AWSPREVIOUS'], 2: ['AWSCURRENT', 'PENDING'] }],
      [{ move: ['PENDING', 2, undefined] }, { 1: ['AWSPREVIOUS'], 2: ['AWSCURRENT'] }],
    ],
  ],
  [
    'non_versioning_version_stages_replacement',
    [
      [
        { put: 2, stages: ['one', 'two', 'three'] },
        { 1: ['AWSCURRENT'], 2: ['one', 'three', 'two'] },
      ],
      [
        { put: 3, stages: ['one', 'two', 'three', 'four'] },
        { 1: ['AWSCURRENT'], 3: ['four', 'one', 'three', 'two'] },
      ],
    ],
  ],
  [
    'non_versioning_version_stages_no_replacement',
    [
      [
        { put: 2, stages: ['one', 'two', 'three'] },
        { 1: ['AWSCURRENT'], 2: ['one', 'three', 'two'] },
      ],
      [
        { put: 3, stages: ['one', 'two', 'four'] },
        { 1: ['AWSCURRENT'], 2: ['three'], 3: ['four', 'one', 'two'] },
      ],
    ],
  ],
]

test.each(recorded)('stages move as recorded: %s', async (_name, steps) => {
  const { take, stages } = await start()
  for (const [step, expected] of steps) {
    await take(step)
    expect(await stages()).toEqual(expected)
  }
})

test('deprecated versions are listed on request, without stages (recorded)', async () => {
  const { take, stages } = await start()
  await take({ put: 2 })
  await take({ put: 3 })
  expect(await stages()).toEqual({ 2: ['AWSPREVIOUS'], 3: ['AWSCURRENT'] })
  expect(await stages(true)).toEqual({ 1: undefined, 2: ['AWSPREVIOUS'], 3: ['AWSCURRENT'] })
})

test('a hundred versions are kept', async () => {
  const { take, stages } = await start()
  for (let version = 2; version <= 105; version++) await take({ put: version })
  const kept = Object.keys(await stages(true)).map(Number)
  expect([kept.length, Math.min(...kept), Math.max(...kept)]).toEqual([100, 6, 105])
})

test('moves that AWS refuses are refused', async () => {
  const { take } = await start()
  await take({ put: 2 })
  await expect(take({ move: ['AWSCURRENT', undefined, 1] })).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: `The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is currently attached to version ${id(2)}, so you must explicitly reference that version in RemoveFromVersionId.`,
  })
  await expect(take({ move: ['AWSCURRENT', 2, undefined] })).rejects.toMatchObject({
    name: 'InvalidParameterException',
  })
  await expect(take({ move: ['AWSCURRENT', 1, 2] })).rejects.toMatchObject({
    name: 'InvalidParameterException',
  })
  await expect(take({ move: ['X', undefined, 9] })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
  await take({ move: ['AWSCURRENT', 2, 1] })
})
