import { JavaList } from '../java/collection.ts'
import { writeJson } from './write-json.ts'

/** `net.minidev.json.JSONArray`: the list in parsed JSON; it prints as JSON, `/` escaped. */
export class JsonArray extends JavaList {
  override get className(): string {
    return 'net.minidev.json.JSONArray'
  }

  override print(): string {
    return writeJson(this, 'json-smart')
  }
}
