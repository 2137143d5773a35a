import { readFileSync } from 'node:fs'

/** This package's version. */
export function packageVersion(): string {
  // One folder up from dist/, two from src/config/: the same file.
  for (const place of ['../package.json', '../../package.json']) {
    const found = readIfOwn(new URL(place, import.meta.url))
    if (found !== undefined) return found
  }
  return '0.0.0'
}

function readIfOwn(url: URL): string | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(url, 'utf8')) as { name?: string; version?: string }
    return name === 'lambdarium' ? version : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
