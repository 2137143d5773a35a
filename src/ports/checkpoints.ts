/** Where pollers keep how far they are, so that a restart goes on there. */
export interface Checkpoints {
  get(poller: string, shard: string): Promise<string | undefined>
  put(poller: string, shard: string, position: string): Promise<void>
  /** Forgets everything of a poller. */
  forget(poller: string): Promise<void>
}
