/** Where pollers keep how far they are, so that a restart goes on there. */
export interface Checkpoints {
  get(poller: string, shard: string): Promise<string | undefined>
  /** Rejects, having written nothing, where another simulator has taken the claim over. */
  put(poller: string, shard: string, position: string): Promise<void>
  /** Forgets everything of a poller. */
  forget(poller: string): Promise<void>
  /** Whether this simulator may poll; of several on one store it is one, and another once that one is gone. */
  claim(poller: string, shard: string): Promise<boolean>
  /** Lets another simulator poll. */
  leave(poller: string, shard: string): Promise<void>
}
