import type { TriggerConfig } from '../../config/index.ts'
import type { RouteRow } from './route-table.ts'

/** The triggers that fire here, in the columns of the routes: what happens, where, and which function hears of it. */
export function triggerRows(triggers: readonly TriggerConfig[]): RouteRow[] {
  return triggers.flatMap((trigger): RouteRow[] => {
    const row = { target: trigger.function, type: '', access: '' }
    if ('bucket' in trigger) {
      const { bucket, prefix = '', suffix = '', events } = trigger
      const keys = prefix === '' && suffix === '' ? bucket : `${bucket}/${prefix}*${suffix}`
      return [{ ...row, method: 'S3', path: `${keys}  ${events.map(shortEvent).join(' ')}` }]
    }
    if ('table' in trigger) {
      const access = trigger.enabled ? '' : 'disabled'
      return [{ ...row, method: 'STREAM', path: trigger.table, access }]
    }
    // Of the others the start report says that they do not fire.
    return []
  })
}

const shortEvent = (event: string): string => event.replace(/^s3:/, '')
