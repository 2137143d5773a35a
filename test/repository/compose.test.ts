import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const file = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))
const read = (name: string) => readFileSync(file(name), 'utf8')

interface Service {
  readonly init?: boolean
  readonly ports?: readonly string[]
  readonly volumes?: readonly string[]
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly environment?: Readonly<Record<string, string>>
}

const compose = parse(read('docker-compose.yml')) as {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, unknown>>
}

test('compose mounts the three folders and a data volume, with init and a health check', () => {
  const service = compose.services['lambdarium']
  expect(service?.init).toBe(true)
  expect(service?.volumes).toEqual([
    './swagger:/project/swagger:ro',
    './handlers:/project/handlers:ro',
    './mapping-templates:/project/mapping-templates:ro',
    './lambdarium.config.ts:/project/lambdarium.config.ts:ro',
    'data:/data',
  ])
  expect(Object.keys(compose.volumes)).toEqual(['data'])
  expect(service?.healthcheck?.test.slice(0, 2)).toEqual(['CMD', 'node'])
})

test('every host path that compose mounts exists in the repository', () => {
  const sources = Object.values(compose.services)
    .flatMap(service => service.volumes ?? [])
    .map(volume => volume.split(':')[0] ?? '')
  const missing = sources.filter(source => source.startsWith('.') && !existsSync(file(source)))
  expect(missing).toEqual([])
})

test('every published port is bound to the loopback address', () => {
  const ports = Object.values(compose.services).flatMap(service => service.ports ?? [])
  expect(ports).toEqual(['127.0.0.1:3000:3000', '127.0.0.1:4566:4566'])
})

test('the image is built in stages, runs as a user without rights, checks its health in Node', () => {
  const lines = read('Dockerfile').split('\n')
  expect(lines.filter(line => line.startsWith('FROM '))).toEqual([
    'FROM node:20-slim AS build',
    'FROM node:20-slim',
  ])
  expect(lines).toContain('USER node')
  expect(lines.some(line => /^\s+CMD \["node", "-e", "fetch\(/.test(line))).toBe(true)
})

test('0.0.0.0 is bound only inside containers', () => {
  expect(read('Dockerfile')).toContain('HOST=0.0.0.0')
  expect(compose.services['lambdarium']?.environment).not.toHaveProperty('HOST')
})
