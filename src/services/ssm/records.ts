import type { Reader, Writer } from '../../stores/index.ts'
import { parameterNotFound, parameterVersionNotFound } from './errors.ts'
import type { Reference } from './names.ts'
import { type ParameterRecord, parameters, type Scope, type VersionRecord, versions } from './state.ts'

/** A parameter with one of its versions. */
export interface Found {
  readonly record: ParameterRecord
  readonly version: VersionRecord
}

/** The labels of a version, sorted. */
export const labelsOf = (record: ParameterRecord, version: number): string[] =>
  Object.keys(record.labels)
    .filter(label => record.labels[label] === version)
    .toSorted()

/** Finds what a reference names; throws AWS's errors where it is not there. */
export function findVersion(reader: Reader, reference: Reference): Found {
  const { account, region, path, selector, name } = reference
  const record = parameters.get(reader, account, region, path)
  if (record === undefined) throw parameterNotFound()
  const number =
    selector === undefined
      ? record.latest
      : /^\d+$/.test(selector)
        ? Number(selector)
        : record.labels[selector]
  const version = number === undefined ? undefined : versions.get(reader, account, region, path, number)
  if (version === undefined) throw parameterVersionNotFound(name, selector ?? record.latest)
  return { record, version }
}

/** All versions of a parameter that are kept, oldest first. */
export const versionsOf = (reader: Reader, { account, region }: Scope, path: string): VersionRecord[] =>
  [...versions.under(reader, account, region, path)].map(([, version]) => version)

/** The oldest version that is kept; none for a new parameter. */
export function firstVersion(
  reader: Reader,
  { account, region }: Scope,
  path: string,
): VersionRecord | undefined {
  for (const [, version] of versions.under(reader, account, region, path)) return version
  return undefined
}

/** Removes a parameter with its versions; answers whether it was there. */
export function removeParameter(writer: Writer, { account, region }: Scope, path: string): boolean {
  for (const [key] of versions.under(writer, account, region, path)) versions.remove(writer, ...key)
  return parameters.remove(writer, account, region, path)
}
