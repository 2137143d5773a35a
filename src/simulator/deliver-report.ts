import type { ServiceHost } from '../aws/index.ts'
import type { FailureReport } from '../triggers/index.ts'
import type { CallAsRoot } from './resources.ts'

/**
 * Sends a report of discarded records to the queue, topic or bucket that is named; rejects where no service here can
 * take it. https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export function createReportDelivery(
  call: CallAsRoot,
  host: Pick<ServiceHost, 'implements'>,
  awsUrl: () => string,
  putObject: (bucket: string, key: string, body: Uint8Array) => Promise<unknown>,
): (report: FailureReport) => Promise<void> {
  return async report => {
    const [, , service = '', , account = '', name = ''] = report.target.split(':')
    const send = async (operation: string, input: object): Promise<void> => {
      if (!host.implements(service, operation))
        throw new Error(`${report.target}: Lambdarium has no ${operation} of ${service} yet`)
      await call(service, operation, input)
    }
    if (service === 'sqs')
      return send('SendMessage', { QueueUrl: `${awsUrl()}/${account}/${name}`, MessageBody: report.body })
    if (service === 'sns') return send('Publish', { TopicArn: report.target, Message: report.body })
    if (service === 's3') {
      const body = JSON.stringify({ ...JSON.parse(report.body), payload: report.event })
      return void (await putObject(name, report.key, Buffer.from(body)))
    }
    throw new Error(`${report.target} is no queue, topic or bucket`)
  }
}
