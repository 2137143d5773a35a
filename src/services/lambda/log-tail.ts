/** The last 4 KB of an invocation's log, in base64: `X-Amz-Log-Result`. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#lambda-Invoke-request-LogType */
export function logTail(log: string): string {
  return Buffer.from(log).subarray(-4096).toString('base64')
}
