/** Knows what is still going on, so that `simulator.idle()` can wait for it. */
export interface Activity {
  /** Says that something named `label` has begun; the answer says that it has ended. */
  begin(label: string): () => void
}
