export { type Admin, type AdminEnvironment, createAdmin } from './admin.ts'
export type { AdminReply, AdminRequest } from './messages.ts'
