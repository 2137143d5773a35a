import { benchCodec } from './aws/codec.ts'

/** The AWS door's costs: codecs (`npm run bench aws`). */
export async function run(_args: string[]): Promise<void> {
  benchCodec()
}
