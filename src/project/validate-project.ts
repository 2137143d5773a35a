import type { UserError } from '../lib/index.ts'
import { exportApi } from './export-api.ts'
import { loadProject } from './load.ts'
import { sourceFilesFor } from './loader.ts'
import type { ProjectOptions } from './options.ts'
import { ProjectError } from './problems.ts'
import type { Finding, ProjectSnapshot } from './snapshot.ts'
import type { SourceNode } from './source/source-node.ts'

/** Everything that `lambdarium validate` has to say. */
export interface Validation {
  /** Absent where there are problems. */
  readonly snapshot?: ProjectSnapshot
  readonly problems: readonly UserError[]
  readonly findings: readonly Finding[]
}

/**
 * Checks a project without starting anything: what `loadProject` finds, and what the specification itself says about
 * each file. API Gateway accepts many files that the specification does not, so the latter are only remarks.
 */
export async function validateProject(options: ProjectOptions): Promise<Validation> {
  try {
    const { snapshot } = await loadProject(options)
    const remarks = await Promise.all(snapshot.apis.map(api => checkSpecification(options, api.id, api.file)))
    return { snapshot, problems: [], findings: [...snapshot.findings, ...remarks.flat()] }
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error
    return { problems: error.problems, findings: [] }
  }
}

async function checkSpecification(options: ProjectOptions, id: string, file: string): Promise<Finding[]> {
  const { default: SwaggerParser } = await import('@apidevtools/swagger-parser')
  const document = structuredClone(exportApi(options, id))
  try {
    await SwaggerParser.validate(document as unknown as Parameters<typeof SwaggerParser.validate>[0])
    return []
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const { root, source } = sourceFilesFor(options).open(file)
    const details = (error as { details?: { instancePath?: string; message?: string }[] }).details ?? []
    // The parser was given the document itself, and prints it where a file's name would stand.
    const [first = ''] = error.message.replace('[object Object]', 'this').split('\n')
    const said = details.length > 0 ? details : [{ instancePath: '', message: first }]
    return said.map(({ instancePath = '', message = '' }) => {
      const place = source.placeAt(nodeAt(root, instancePath).start)
      return {
        severity: 'info',
        code: 'openapi-specification',
        message: `The specification says: ${instancePath === '' ? '' : `${instancePath} `}${message}`,
        hint: 'API Gateway may accept it all the same; other tools may not.',
        ...place,
      }
    })
  }
}

/** The deepest value on the way of a JSON pointer. */
function nodeAt(root: SourceNode, pointer: string): SourceNode {
  let node = root
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~')
    const next =
      node.kind === 'map'
        ? node.entries.get(key)?.value
        : node.kind === 'list'
          ? node.items[Number(key)]
          : undefined
    if (next === undefined) break
    node = next
  }
  return node
}
