/** Every benchmark by the name that `npm run bench NAME` takes; loaded only when it runs. */
const benchmarks: Readonly<Record<string, () => Promise<{ run(args: string[]): Promise<void> }>>> = {
  aws: () => import('./aws.ts'),
  dynamodb: () => import('./dynamodb.ts'),
  gateway: () => import('./gateway.ts'),
  identity: () => import('./aws-identity.ts'),
  journal: () => import('./journal.ts'),
  lambda: () => import('./lambda.ts'),
  s3: () => import('./s3.ts'),
  vtl: () => import('./vtl.ts'),
}

const names = process.argv.slice(2).filter(argument => argument in benchmarks)
const args = process.argv.slice(2).filter(argument => !(argument in benchmarks))
for (const name of names.length > 0 ? names : Object.keys(benchmarks)) {
  console.log(`\n# ${name}`)
  await (await benchmarks[name]?.())?.run(args)
}
