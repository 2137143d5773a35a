import { benchCodec } from './aws/codec.ts'
import { run as benchIdentity } from './aws-identity.ts'

/** What the AWS door costs: codecs, then signatures and policies (`npm run bench aws`). */
export async function run(args: string[]): Promise<void> {
  await benchCodec()
  await benchIdentity(args)
}
