import { JavaList } from './collection.ts'
import { JavaException, type Value } from './value.ts'

/** What `List.of` makes: it refuses every change. */
export class ImmutableList extends JavaList {
  override get className(): string {
    return this.size() === 1 || this.size() === 2
      ? 'java.util.ImmutableCollections$List12'
      : 'java.util.ImmutableCollections$ListN'
  }

  override set(): Value {
    throw refused()
  }

  override insert(): void {
    throw refused()
  }

  override removeAt(): Value {
    throw refused()
  }

  override filter(): boolean {
    throw refused()
  }

  override replaceRange(): void {
    throw refused()
  }
}

function refused(): JavaException {
  return new JavaException('java.lang.UnsupportedOperationException', '')
}
