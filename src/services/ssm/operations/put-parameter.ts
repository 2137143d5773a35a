import type { PutParameterRequest, PutParameterResult } from '@aws-sdk/client-ssm'
import type { Writer } from '../../../stores/index.ts'
import { parameterAlreadyExists, parameterMaxVersionLimitExceeded, validationException } from '../errors.ts'
import { checkNewName, pathOf } from '../names.ts'
import { newVersion } from '../new-version.ts'
import { armPolicies } from '../policy-timers.ts'
import { firstVersion, labelsOf } from '../records.ts'
import { defaultTierOf } from '../service-settings.ts'
import { type Operation, type ParameterRecord, parameters, type Scope, versions } from '../state.ts'
import { tagsOf } from '../tags.ts'

/** Parameter Store keeps this many versions and then drops the oldest, unless it carries a label. */
const keptVersions = 100

function dropOldest(writer: Writer, scope: Scope, path: string, record: ParameterRecord): void {
  // Versions have no gaps, so the first one tells how many there are.
  const oldest = firstVersion(writer, scope, path)
  if (oldest === undefined || record.latest - oldest.version + 1 < keptVersions) return
  if (labelsOf(record, oldest.version).length > 0)
    throw parameterMaxVersionLimitExceeded(record.name, oldest.version)
  versions.remove(writer, scope.account, scope.region, path, oldest.version)
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export const PutParameter: Operation<PutParameterRequest, PutParameterResult> = async (context, input) => {
  const { state, account, region, now, principal } = context
  const name = input.Name ?? ''
  const { reserved } = checkNewName(name, context)
  if (reserved) context.log.warn({ name }, 'AWS refuses parameter names that begin with /aws or /ssm')
  if (input.Overwrite && input.Tags !== undefined && input.Tags.length > 0)
    throw validationException(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    )
  const path = pathOf(name)
  const written = await state.store.transaction(writer => {
    const record = parameters.get(writer, account, region, path)
    if (record !== undefined && !input.Overwrite) throw parameterAlreadyExists()
    const before = record && versions.get(writer, account, region, path, record.latest)
    const version = newVersion(input, before, defaultTierOf(writer, context), { now, user: principal.arn })
    if (record !== undefined) dropOldest(writer, context, path, record)
    const next = record ?? { name, labels: {}, tags: tagsOf({}, input.Tags), shares: [] }
    parameters.put(writer, { ...next, latest: version.version }, account, region, path)
    versions.put(writer, version, account, region, path, version.version)
    return version
  })
  await armPolicies(state, context, path)
  const { type, description } = written
  const operation = written.version === 1 ? 'Create' : 'Update'
  context.emit({ type: 'Parameter Store Change', detail: { operation, name, type, description } })
  return { Version: written.version, Tier: written.tier }
}
