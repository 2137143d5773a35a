import type { Place } from '../problems.ts'
import type { StageText } from '../snapshot.ts'
import type { ApiContext } from './api-context.ts'

const reference = /\$\{stageVariables\.([^}]*)\}/g

/** Makes a function of a text with `${stageVariables.x}` in it; an unknown variable is the empty text. */
export function stageText(text: string): StageText {
  if (!text.includes('${stageVariables.')) return () => text
  const parts = text.split(reference)
  return variables => {
    let made = ''
    for (const [index, part] of parts.entries()) made += index % 2 === 0 ? part : (variables[part] ?? '')
    return made
  }
}

/** Whether the text depends on the stage. */
export function hasStageVariables(text: string): boolean {
  return text.includes('${stageVariables.')
}

/** Reports variables that a stage does not have. */
export function checkStageVariables(api: ApiContext, text: string, place: Place): void {
  for (const [, name = ''] of text.matchAll(reference)) {
    const without = Object.entries(api.options.stages)
      .filter(([, stage]) => stage.variables?.[name] === undefined)
      .map(([stage]) => stage)
    if (without.length === 0) continue
    api.reader.report.finding(
      'warning',
      'missing-stage-variable',
      `The stage variable ${name} is not set in ${without.join(', ')}`,
      place,
      `Set it in the configuration: stages: { ${without[0]}: { variables: { ${name}: '…' } } }.`,
    )
  }
}
