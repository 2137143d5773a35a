/** What stands in front of a record's time; within a string its quotes would be escaped. */
const time = /"ApproximateCreationDateTime":(\d+)(?=[,}])/g

/**
 * An event as its function gets it. A record's time is a double of Java's, written as Java writes doubles, so that
 * Python reads a `float` (LocalStack's tests, run on AWS, look for one); everything else is as JSON has it.
 */
export const eventText = (event: object): string =>
  JSON.stringify(event).replace(
    time,
    (_, seconds: string) => `"ApproximateCreationDateTime":${javaDouble(seconds)}`,
  )

/** `1796007820` as `1.79600782E9`: from ten million on Java writes an exponent. */
function javaDouble(digits: string): string {
  if (digits.length < 8) return `${digits}.0`
  const fraction = digits.slice(1).replace(/0+$/, '')
  return `${digits[0]}.${fraction === '' ? '0' : fraction}E${digits.length - 1}`
}
