import { createRequire } from 'node:module'

/**
 * Loads esbuild when something is to be built. By `require`: `import` of a CommonJS package first scans its text for names
 * of exports, which takes a twentieth of a start.
 */
export const loadEsbuild = (): typeof import('esbuild') => createRequire(import.meta.url)('esbuild')
