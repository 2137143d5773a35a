/** A body that is there as a whole where others stream; what has to hold of it is checked when it is read, as of a stream. */
export class WholeBody implements AsyncIterable<Uint8Array> {
  /** All of its bytes; throws where they are not what they were said to be. */
  readonly read: () => Uint8Array

  constructor(read: () => Uint8Array) {
    this.read = read
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    yield this.read()
  }
}
