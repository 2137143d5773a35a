import { defineService } from '../../aws/index.ts'
import { accessRule } from './access.ts'
import { checkNames } from './check-names.ts'
import * as operations from './operations/index.ts'

/** Identity and Access Management: users, groups, roles and what they may do. */
export const iam = defineService({
  id: 'iam',
  createState: ({ store, ids }) => ({ store, ids }),
  operations,
  firstChecks: Object.fromEntries(Object.keys(operations).map(name => [name, checkNames])),
  access: Object.fromEntries(Object.keys(operations).map(name => [name, accessRule(name)])),
})
