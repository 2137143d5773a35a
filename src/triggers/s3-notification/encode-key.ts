/** What stays as it is in a form, and the slash, which S3 leaves alone. */
const plain = /[A-Za-z0-9.\-*_/]/

/**
 * A key as notifications spell it: form-encoded (space → `+`, `+` → `%2B`, `@` → `%40`; recorded from AWS), slashes
 * kept, everything else as UTF-8 bytes in `%XX`. That `*` stays is assumed: forms leave it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function encodeNotificationKey(key: string): string {
  let encoded = ''
  for (const character of key) {
    if (plain.test(character)) encoded += character
    else if (character === ' ') encoded += '+'
    else
      for (const byte of Buffer.from(character))
        encoded += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return encoded
}
