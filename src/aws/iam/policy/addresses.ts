import { BlockList, isIP } from 'node:net'

/** Tells whether an address lies in a CIDR block (or is the one address); undefined where the block is none. */
export function compileBlock(block: string): ((address: string) => boolean) | undefined {
  const [base = '', length] = block.split('/')
  const family = isIP(base)
  const bits = length === undefined ? (family === 4 ? 32 : 128) : Number(length)
  if (family === 0 || !Number.isInteger(bits) || bits < 0 || bits > (family === 4 ? 32 : 128))
    return undefined
  const list = new BlockList()
  list.addSubnet(base, bits, family === 4 ? 'ipv4' : 'ipv6')
  return address => {
    const plain = plainAddress(address)
    const kind = isIP(plain)
    return kind === family && list.check(plain, kind === 4 ? 'ipv4' : 'ipv6')
  }
}

/** A socket that listens on both families shows IPv4 callers as `::ffff:127.0.0.1`. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address
}
