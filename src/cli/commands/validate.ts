import { ProjectError, validateProject } from '../../project/index.ts'
import { configFlagsNamed } from '../config-flags.ts'
import type { Command } from '../flag.ts'
import { failureText } from '../print/failure.ts'
import { printProblem, problemsOf } from '../print/problem.ts'
import { projectConfig } from '../project-config.ts'
import { readProject } from '../read-project.ts'
import { openTerminal } from '../terminal.ts'

export const command: Command = {
  flags: configFlagsNamed('project', 'stage', 'strict'),
  words: { min: 0, max: 0 },
  notes: ['Every problem stands on stdout with file:line:column and a hint. 0 fine, 1 the project is wrong.'],
  async run(given) {
    const terminal = openTerminal()
    const { style } = terminal
    try {
      const loaded = await projectConfig(given)
      const { findings, problems, snapshot } = await readProject(loaded, validateProject)
      if (snapshot === undefined) throw new ProjectError(problems)
      const { apis, functions } = snapshot
      for (const finding of findings) terminal.print(`${printProblem(finding, style)}\n`)
      const failed =
        findings.some(finding => finding.severity === 'error') ||
        (loaded.config.strict && findings.some(finding => finding.severity === 'warning'))
      const counted = `${apis.length} API${apis.length === 1 ? '' : 's'}, ${functions.size} function${functions.size === 1 ? '' : 's'}`
      terminal.log(
        failed
          ? `${terminal.logStyle.red('✖')} ${counted}`
          : `${terminal.logStyle.green('✔')} ${counted}, no problem`,
      )
      return failed ? 1 : 0
    } catch (error) {
      if (problemsOf(error).length === 0) throw error
      const { text, exitCode } = failureText(error, style)
      terminal.print(text)
      return exitCode
    }
  },
}
