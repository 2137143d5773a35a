import { expect, test } from 'vitest'
import { engineRequest } from '../../../../../src/services/s3/engine/engine-request.ts'

test('what the client showed to us does not go on to the engine', () => {
  const body = Buffer.from('{}')
  expect(
    engineRequest({
      method: 'PUT',
      path: '/photos/a b',
      query: [
        ['tagging', ''],
        ['X-Amz-Credential', 'ours'],
        ['X-Amz-Security-Token', 'token'],
        ['X-Amz-Signature', 'signature'],
      ],
      headers: {
        host: 'photos.localhost:4566',
        authorization: 'AWS4-HMAC-SHA256 Credential=ours',
        cookie: 'session=of-another-port',
        'proxy-authorization': 'Basic eDp5',
        'x-amz-date': '20260101T000000Z',
        'x-amz-security-token': 'token',
        'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
        'x-lambdarium-cause': 'cause',
        'x-amz-meta-who': 'Ada',
      },
      labels: {},
      body,
    }),
  ).toEqual({
    method: 'PUT',
    path: '/photos/a%20b?tagging=',
    headers: { 'content-length': '2', 'x-amz-meta-who': 'Ada' },
    body,
  })
})
