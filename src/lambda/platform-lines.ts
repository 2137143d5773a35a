import type { FunctionDefinition } from '../ports/index.ts'
import type { InitializationType } from './environment-variables.ts'
import type { InvocationReport } from './report-lines.ts'
import * as text from './report-lines.ts'
import { partOf } from './trace-id.ts'

/** Lambda's own lines of one invocation, in the format that the function's logging configuration asks for. */
export interface PlatformLines {
  initStart(runtime: string, region: string): string
  /** Written where the init phase ends badly. */
  initReport(duration: number, status: 'timeout' | 'error', errorType?: string): string
  start(requestId: string, version: string): string
  /** Empty where the format has no such line. */
  end(requestId: string): string
  report(report: InvocationReport): string
}

const asText: PlatformLines = {
  initStart: text.initStartLine,
  initReport: text.initReportLine,
  start: text.startLine,
  end: text.endLine,
  report: text.reportLine,
}

function line(time: number, type: string, record: object): string {
  return `${JSON.stringify({ time: new Date(time).toISOString(), type, record })}\n`
}

/** https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html; system logs of level INFO. */
function asJson(now: () => number, initializationType: InitializationType): PlatformLines {
  return {
    initStart: (runtime, region) =>
      line(now(), 'platform.initStart', {
        initializationType,
        phase: 'init',
        runtimeVersion: text.runtimeVersion(runtime),
        runtimeVersionArn: text.runtimeVersionArn(region),
      }),
    initReport: (duration, status, errorType) =>
      line(now(), 'platform.initReport', {
        initializationType,
        phase: 'init',
        status,
        metrics: { durationMs: round(duration) },
        ...(errorType !== undefined && { errorType }),
      }),
    start: (requestId, version) => line(now(), 'platform.start', { requestId, version }),
    end: () => '',
    report: ({ requestId, duration, initDuration, memorySize, memoryUsed, status, errorType, traceId }) =>
      line(now(), 'platform.report', {
        requestId,
        metrics: {
          durationMs: round(duration),
          billedDurationMs: Math.ceil(duration + (initDuration ?? 0)),
          memorySizeMB: memorySize,
          maxMemoryUsedMB: Math.min(memorySize, Math.ceil(memoryUsed / 1024 / 1024)),
          ...(initDuration !== undefined && { initDurationMs: round(initDuration) }),
        },
        status,
        ...(errorType !== undefined && { errorType }),
        ...(traceId !== undefined && {
          tracing: {
            spanId: partOf(traceId, 'Parent'),
            type: 'X-Amzn-Trace-Id',
            value: `Root=${partOf(traceId, 'Root')};Parent=${partOf(traceId, 'Parent')};Sampled=1`,
          },
        }),
      }),
  }
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000
}

/** Which lines a function's log gets. */
export function platformLines(
  definition: FunctionDefinition,
  now: () => number,
  initialization: InitializationType = 'on-demand',
): PlatformLines {
  return definition.environment['AWS_LAMBDA_LOG_FORMAT']?.toUpperCase() === 'JSON'
    ? asJson(now, initialization)
    : asText
}
