export { amzDate } from './amz-date.ts'
export { createAuthenticator } from './authenticate.ts'
export { anonymous, type Credential, type CredentialsDirectory } from './credential.ts'
export type { SignatureEvidence } from './evidence.ts'
