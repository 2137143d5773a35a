export { type Config, type ConfigInput, defineConfig } from './config/index.ts'
