import { defineService } from '../../aws/index.ts'
import { access } from './access.ts'
import * as operations from './operations/index.ts'

/** Security Token Service: who am I, and temporary credentials. */
export const sts = defineService({
  id: 'sts',
  createState: ({ store, ids }) => ({ store, ids }),
  operations,
  access,
})
