import { describe } from 'vitest'
import { contract } from './contract.ts'
import { engines } from './engines.ts'

describe.each(engines)('$name', contract)
