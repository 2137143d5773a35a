import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import type { FunctionDefinition, FunctionHost } from '../../ports/index.ts'
import type { Reader } from '../../stores/index.ts'
import { functionNotFound } from './errors.ts'
import { arnOf, isVersion, keyOf, latest, type Reference, versionNumber } from './names.ts'
import { aliases, type FunctionRecord, functions } from './state.ts'

/** A function of the project as the API shows it. */
export function projectRecord(definition: FunctionDefinition): FunctionRecord {
  const { name, fingerprint, environment } = definition
  const hash = createHash('sha256').update(fingerprint).digest()
  const hex = hash.toString('hex')
  const source = statSync(definition.entry ?? definition.codeDirectory, { throwIfNoEntry: false })
  return {
    name,
    version: latest,
    code: { id: '', sha256: hash.toString('base64'), size: source?.size ?? 0, unpacked: 0 },
    configuration: {
      Role: definition.role,
      Runtime: definition.runtime as NonNullable<FunctionRecord['configuration']['Runtime']>,
      Handler: definition.handler,
      Description: definition.description ?? '',
      Timeout: definition.timeout,
      MemorySize: definition.memorySize,
      Architectures: ['x86_64'],
      EphemeralStorage: { Size: 512 },
      ...(Object.keys(environment).length > 0 && { Environment: { Variables: { ...environment } } }),
    },
    modified: Math.floor(source?.mtimeMs ?? 0),
    revision: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
    published: 0,
    project: true,
  }
}

/** `$LATEST` of a name; a function of the project hides one that was made with the same name before it. */
export function findLatest(
  reader: Reader,
  host: FunctionHost,
  reference: Reference,
): FunctionRecord | undefined {
  const definition = host.project().get(reference.name)
  return definition ? projectRecord(definition) : functions.get(reader, ...keyOf(reference), 0)
}

/** The version that a reference means, through an alias where it names one. */
export function findVersion(
  reader: Reader,
  host: FunctionHost,
  reference: Reference,
): FunctionRecord | undefined {
  const { qualifier = latest } = reference
  const key = keyOf(reference)
  if (qualifier === latest) return findLatest(reader, host, reference)
  if (isVersion(qualifier))
    return host.project().has(reference.name)
      ? undefined
      : functions.get(reader, ...key, versionNumber(qualifier))
  const alias = aliases.get(reader, ...key, qualifier)
  return alias && findVersion(reader, host, { ...reference, qualifier: alias.version })
}

/** `$LATEST`, or the error that AWS answers without it. */
export function getLatest(reader: Reader, host: FunctionHost, reference: Reference): FunctionRecord {
  const record = findLatest(reader, host, reference)
  if (record === undefined) {
    const { qualifier: _qualifier, ...unqualified } = reference
    throw functionNotFound(arnOf(unqualified))
  }
  return record
}

/** The version that is meant, or the error that AWS answers without it. */
export function getVersion(reader: Reader, host: FunctionHost, reference: Reference): FunctionRecord {
  const record = findVersion(reader, host, reference)
  if (record === undefined) throw functionNotFound(arnOf(reference))
  return record
}
