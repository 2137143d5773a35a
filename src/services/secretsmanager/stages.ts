import type { Reader, Writer } from '../../stores/index.ts'
import { limitExceeded } from './errors.ts'
import type { Located } from './secret-ids.ts'
import { type VersionRecord, versions } from './state.ts'

export const current = 'AWSCURRENT'
export const previous = 'AWSPREVIOUS'
export const pending = 'AWSPENDING'

/** Kept without a staging label: https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
const keptVersions = 100

/** All versions of a secret, oldest first. */
export function versionsOf(reader: Reader, { scope, secret }: Located): VersionRecord[] {
  const found = [...versions.under(reader, scope.account, scope.region, secret.name)].map(([, one]) => one)
  return found.toSorted((a, b) => a.sequence - b.sequence)
}

/** The version that carries a stage. */
export const versionAt = (all: readonly VersionRecord[], stage: string): VersionRecord | undefined =>
  all.find(({ stages }) => stages.includes(stage))

/** Writes one version. */
export function putVersion(writer: Writer, { scope, secret }: Located, version: VersionRecord): void {
  versions.put(writer, version, scope.account, scope.region, secret.name, version.id)
}

/**
 * Attaches stages to one version and takes them from all others. Whoever loses AWSCURRENT becomes AWSPREVIOUS and is
 * no longer AWSPENDING, as recorded from AWS.
 */
export function moveStages(
  all: readonly VersionRecord[],
  target: string,
  stages: readonly string[],
): VersionRecord[] {
  const demoted = stages.includes(current)
    ? all.find(({ id, stages: held }) => id !== target && held.includes(current))?.id
    : undefined
  const moved = new Set(demoted === undefined ? stages : [...stages, previous])
  return all.map(version => {
    const kept = version.stages.filter(stage => !moved.has(stage))
    if (version.id === target) {
      // A version that becomes current is no longer the previous one.
      const held = version.stages.filter(stage => demoted === undefined || stage !== previous)
      const next = [...new Set([...held, ...stages])]
      if (next.length > 20) throw limitExceeded('A secret version can have at most 20 staging labels.')
      return { ...version, stages: next }
    }
    if (version.id !== demoted) return { ...version, stages: kept }
    return { ...version, stages: [...kept.filter(stage => stage !== pending), previous] }
  })
}

/** Writes all versions of a secret and drops the oldest unlabelled ones beyond what AWS keeps. */
export function putVersions(writer: Writer, located: Located, all: readonly VersionRecord[]): void {
  const deprecated = all.filter(({ stages }) => stages.length === 0)
  const dropped = new Set(deprecated.slice(0, Math.max(0, all.length - keptVersions)))
  for (const version of all) {
    const { scope, secret } = located
    if (dropped.has(version)) versions.remove(writer, scope.account, scope.region, secret.name, version.id)
    else putVersion(writer, located, version)
  }
}
