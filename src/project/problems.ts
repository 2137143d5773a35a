import { UserError } from '../lib/index.ts'
import type { Finding, SourcePosition } from './snapshot.ts'

/** The project cannot be served as it is written; `problems` holds everything that was found, not only the first. */
export class ProjectError extends Error {
  override readonly name = 'ProjectError'
  readonly problems: readonly UserError[]

  constructor(problems: readonly UserError[]) {
    const [first, ...others] = problems
    const more = others.length > 0 ? ` (and ${others.length} more)` : ''
    super(`${first?.message ?? 'The project has no problem'}${more}`, { cause: first })
    this.problems = problems
  }
}

/** A place together with the text of its file, from which the code frame is drawn. */
export interface Place {
  readonly position: SourcePosition
  readonly source: string
}

/** Collects what one pass over the project finds: findings are reported, problems keep a snapshot from being made. */
export interface Report {
  readonly findings: Finding[]
  readonly problems: UserError[]
  finding(severity: Finding['severity'], code: string, message: string, place?: Place, hint?: string): void
  problem(code: string, message: string, place?: Place, hint?: string, cause?: unknown): void
}

/** An empty report. What many places share (a template, a model) is wrong once, however many of them come upon it. */
export function createReport(): Report {
  const findings: Finding[] = []
  const problems: UserError[] = []
  const said = new Set<string>()
  const isNew = (code: string, message: string, place?: Place): boolean => {
    const { file, line, column } = place?.position ?? {}
    const key = JSON.stringify([code, message, file, line, column])
    if (place !== undefined && said.has(key)) return false
    said.add(key)
    return true
  }
  return {
    findings,
    problems,
    finding(severity, code, message, place, hint) {
      if (!isNew(code, message, place)) return
      findings.push({
        severity,
        code,
        message,
        ...(hint === undefined ? {} : { hint }),
        ...(place === undefined ? {} : { position: place.position, source: place.source }),
      })
    },
    problem(code, message, place, hint, cause) {
      if (!isNew(code, message, place)) return
      problems.push(
        new UserError(code, message, {
          ...(place === undefined ? {} : { position: place.position, source: place.source }),
          ...(hint === undefined ? {} : { hint }),
          ...(cause === undefined ? {} : { cause }),
        }),
      )
    },
  }
}
