import { UserError } from '../lib/index.ts'

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken',
  EACCES: 'may not be used: the system asks for more rights',
  EADDRNOTAVAIL: 'is no address of this machine',
  ENOTFOUND: 'is a name that nobody knows',
}

/** Opens a door; what the system refuses is told in words, with the flag that helps. */
export async function listening<Door>(
  open: () => Promise<Door>,
  { host, port, flag }: { readonly host: string; readonly port: number; readonly flag: string },
): Promise<Door> {
  try {
    return await open()
  } catch (cause) {
    const reason = reasons[(cause as NodeJS.ErrnoException).code ?? '']
    if (reason === undefined) throw cause
    const hint =
      reason === reasons['EADDRINUSE'] || reason === reasons['EACCES']
        ? `Choose another with \`${flag} NUMBER\`; 0 takes a free one`
        : 'Choose another with `--host ADDRESS`'
    throw new UserError('cannot-listen', `${host}:${port} ${reason}`, { hint, cause })
  }
}
