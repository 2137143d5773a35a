import type { Principal } from '../../../aws/index.ts'
import type { Bytes } from '../../../stores/index.ts'
import { accessDenied, invalidArgument } from '../errors.ts'
import type { S3Context } from '../state.ts'
import { checkPolicy, type LengthRange } from './check-policy.ts'
import { type Form, readForm } from './read-form.ts'

/** What PostObject is given. */
export interface FormInput {
  readonly Bucket?: string
  readonly ContentType?: string
  readonly Body?: AsyncIterable<Bytes>
}

/** A form whose signature and policy hold. */
export interface SignedForm extends Form {
  readonly principal: Principal
  readonly key: string
  readonly range: LengthRange | undefined
}

/** Reads and verifies a form once, for the permission and then for the operation. */
export function signedForm(context: S3Context, input: FormInput): Promise<SignedForm> {
  const known = context.state.forms.get(input)
  if (known !== undefined) return known
  const form = verify(context, input)
  context.state.forms.set(input, form)
  return form
}

async function* nothing(): AsyncIterable<Bytes> {}

async function verify(context: S3Context, input: FormInput): Promise<SignedForm> {
  const form = await readForm(input.ContentType, input.Body ?? nothing())
  const { fields } = form
  const { authenticateForm } = context.state
  const signed = ['signature', 'x-amz-signature', 'x-amz-credential', 'awsaccesskeyid'].some(
    name => name in fields,
  )
  // A policy that nobody signed is nobody's (recorded).
  if (!signed && 'policy' in fields) throw accessDenied()
  if (fields['key'] === undefined || fields['key'] === '')
    throw invalidArgument(
      "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
      'key',
      '',
    )
  const principal =
    signed && authenticateForm !== undefined ? await authenticateForm(fields, context.now) : context.principal
  const policy = fields['policy']
  // A file without a name leaves the place-holder as it is (recorded).
  const key =
    form.filename === undefined ? fields['key'] : fields['key'].replaceAll('${filename}', form.filename)
  const range =
    policy === undefined
      ? undefined
      : checkPolicy(policy, { ...fields, key }, input.Bucket ?? '', context.now)
  return { ...form, principal, key, range }
}
