import { partOf } from './trace-id.ts'

/** The lines that Lambda itself writes around an invocation, as recorded from AWS. */

/** What the REPORT line says. */
export interface InvocationReport {
  readonly requestId: string
  /** Milliseconds. */
  readonly duration: number
  /** Milliseconds; only where this invocation started the environment. */
  readonly initDuration?: number
  /** MB. */
  readonly memorySize: number
  /** Bytes. */
  readonly memoryUsed: number
  readonly status: 'success' | 'timeout' | 'error'
  readonly errorType?: string
  /** `Root=1-…;Parent=…`, set where the trace is sampled. */
  readonly traceId?: string
}

/** `nodejs:20.x.local`: AWS's has the number of its build. */
export function runtimeVersion(runtime: string): string {
  return `${runtime.replace(/^(nodejs|python|ruby|java|dotnet)/, '$1:')}.local`
}

/** There is no such thing here, so it is all zeros. */
export function runtimeVersionArn(region: string): string {
  return `arn:aws:lambda:${region}::runtime:${'0'.repeat(64)}`
}

export function initStartLine(runtime: string, region: string): string {
  return `INIT_START Runtime Version: ${runtimeVersion(runtime)}\tRuntime Version ARN: ${runtimeVersionArn(region)}\n`
}

/** Written where the init phase ends badly: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
export function initReportLine(duration: number, status: 'timeout' | 'error', errorType?: string): string {
  const type = errorType === undefined ? '' : `\tError Type: ${errorType}`
  return `INIT_REPORT Init Duration: ${duration.toFixed(2)} ms\tPhase: init\tStatus: ${status}${type}\n`
}

export function startLine(requestId: string, version: string): string {
  return `START RequestId: ${requestId} Version: ${version}\n`
}

export function endLine(requestId: string): string {
  return `END RequestId: ${requestId}\n`
}

/** `2026-11-20T12:00:00.000Z <id> Task timed out after 3.00 seconds`, followed by an empty line. */
export function timeoutLine(time: number, requestId: string, seconds: number): string {
  return `${new Date(time).toISOString()} ${requestId} Task timed out after ${seconds.toFixed(2)} seconds\n\n`
}

/** What AWS logs of a runtime that went away. */
export function crashLines(requestId: string, message: string, errorType: string): string {
  return `RequestId: ${requestId} Error: ${message}\n${errorType}\n`
}

/**
 * Billed is the invocation and, since August 2025, the init phase, rounded up to a millisecond:
 * https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/
 */
export function reportLine(report: InvocationReport): string {
  const { duration, initDuration = 0 } = report
  const parts = [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${duration.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(duration + initDuration)} ms`,
    `Memory Size: ${report.memorySize} MB`,
    `Max Memory Used: ${Math.min(report.memorySize, Math.ceil(report.memoryUsed / 1024 / 1024))} MB`,
  ]
  if (report.initDuration !== undefined) parts.push(`Init Duration: ${report.initDuration.toFixed(2)} ms`)
  if (report.status !== 'success') parts.push(`Status: ${report.status}`)
  if (report.errorType !== undefined) parts.push(`Error Type: ${report.errorType}`)
  const lines = [`${parts.join('\t')}\t`]
  if (report.traceId !== undefined)
    lines.push(
      `XRAY TraceId: ${partOf(report.traceId, 'Root')}\tSegmentId: ${partOf(report.traceId, 'Parent')}\tSampled: true\t`,
    )
  return `${lines.join('\n')}\n`
}
