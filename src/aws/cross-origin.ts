/** What a browser asks, or has asked and now does, for a page of some origin. */
export interface CrossOriginQuestion {
  /** `OPTIONS` where the browser asks first. */
  readonly method: string
  /** The raw path with the bucket in front, and the lower-case headers. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Whether the door itself lets this origin read: pages of this machine. */
  readonly trusted: boolean
}

/**
 * A service's own rules about pages of other origins: the headers that an answer gets, undefined where it has none to
 * say; an `AwsError` refuses a browser that asks first.
 */
export type CrossOriginRule<State> = (
  state: State,
  question: CrossOriginQuestion,
) =>
  | readonly (readonly [name: string, value: string])[]
  | undefined
  | Promise<readonly (readonly [name: string, value: string])[] | undefined>
