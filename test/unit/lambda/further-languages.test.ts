import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hasTool } from '../../support/run-tool.ts'
import { answerOf, createHarness } from './harness.ts'

const hasRuby = hasTool('ruby', '--version')
/** AWS's own client; only rubygems.org has it. */
const hasRubyClient = hasTool('ruby', '-e', 'require "aws_lambda_ric"')

/** The Runtime API in each language, as https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html describes it. */
const java = `import java.net.*; import java.net.http.*; import java.net.http.HttpRequest.BodyPublishers; import java.net.http.HttpResponse.BodyHandlers;
class Main {
  public static void main(String[] arguments) throws Exception {
    var api = "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/";
    var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    for (;;) {
      var next = client.send(HttpRequest.newBuilder(URI.create(api + "next")).build(), BodyHandlers.ofString());
      var id = next.headers().firstValue("Lambda-Runtime-Aws-Request-Id").get();
      System.out.println("Java " + next.body());
      var answer = "{\\"handler\\":\\"" + System.getenv("_HANDLER") + "\\",\\"event\\":" + next.body() + "}";
      client.send(HttpRequest.newBuilder(URI.create(api + id + "/response")).POST(BodyPublishers.ofString(answer)).build(), BodyHandlers.ofString());
    }
  }
}
`
const ruby = `#!/usr/bin/env ruby
require 'json'
require 'net/http'
host, port = ENV.fetch('AWS_LAMBDA_RUNTIME_API').split(':')
Net::HTTP.start(host, port.to_i, read_timeout: nil) do |http|
  loop do
    event = http.get('/2018-06-01/runtime/invocation/next')
    puts "Ruby #{event.body}"
    $stdout.flush
    answer = { handler: ENV.fetch('_HANDLER'), event: JSON.parse(event.body) }
    http.post("/2018-06-01/runtime/invocation/#{event['Lambda-Runtime-Aws-Request-Id']}/response", JSON.generate(answer))
  end
end
`
const javaCommand = '#!/bin/sh\nexec java -XX:TieredStopAtLevel=1 Main.java\n'

for (const [language, runtime, files, installed] of [
  ['Java', 'java21', { bootstrap: javaCommand, 'Main.java': java }, hasTool('java', '-version')],
  ['Java', 'provided.al2023', { bootstrap: javaCommand, 'Main.java': java }, hasTool('java', '-version')],
  ['Ruby', 'ruby3.4', { bootstrap: ruby }, hasRuby],
] as const)
  test.skipIf(!installed)(`a program in ${language} brings its own client: ${runtime}`, async () => {
    const harness = createHarness()
    const definition = harness.define(files, {
      runtime,
      handler: 'main.handle',
      timeout: 30,
      memorySize: 1024,
    })
    chmodSync(join(definition.codeDirectory, 'bootstrap'), 0o755)
    harness.deploy(definition)
    const result = await harness.invoke({ a: [1] })
    expect([answerOf(result), result.log]).toEqual([
      { handler: 'main.handle', event: { a: [1] } },
      expect.stringContaining(`${language} {"a":[1]}\n`),
    ])
    expect(answerOf(await harness.invoke({ b: 2 }))).toMatchObject({ event: { b: 2 } })
  })

test.skipIf(!hasRuby || hasRubyClient)("Ruby without AWS's client: the answer names the gem", async () => {
  const harness = createHarness()
  harness.deploy(harness.define({ 'app.rb': '' }, { runtime: 'ruby3.4', handler: 'app.handler' }))
  const { errorType, errorMessage } = answerOf(await harness.invoke({})) as Record<string, string>
  expect([errorType, errorMessage]).toEqual([
    'Runtime.InvalidEntrypoint',
    expect.stringMatching(/^The function greet needs .* the gem aws_lambda_ric: gem install aws_lambda_ric$/),
  ])
})

test.skipIf(!hasRubyClient)(
  "a Ruby handler in AWS's client, with libraries of a layer (aws_lambda_ric)",
  async () => {
    const harness = createHarness()
    const layer = harness.define(
      { 'ruby/lib/shout.rb': 'def shout(text) = text.upcase\n' },
      { name: 'layer' },
    )
    const code = `require 'shout'
require 'near'
def handler(event:, context:)
  puts 'printed'
  raise ArgumentError, 'bad' if event['fail']
  { text: shout(event['name']), near: NEAR, id: context.aws_request_id }
end
`
    harness.deploy(
      harness.define(
        { 'app.rb': code, 'near.rb': 'NEAR = 1\n' },
        { runtime: 'ruby3.4', handler: 'app.handler', layers: [layer.codeDirectory], timeout: 30 },
      ),
    )
    const result = await harness.invoke({ name: 'Ada' }, { requestId: 'one' })
    expect([answerOf(result), result.log]).toEqual([
      { text: 'ADA', near: 1, id: 'one' },
      expect.stringContaining('\nprinted\n'),
    ])
    expect(answerOf(await harness.invoke({ fail: true }))).toMatchObject({
      errorMessage: 'bad',
      errorType: 'Function<ArgumentError>',
    })
  },
)
