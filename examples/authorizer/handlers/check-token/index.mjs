/** Lets `Bearer open…` in, refuses `Bearer closed`, and knows nobody else. */
export const handler = async ({ authorizationToken, methodArn }) => {
  const word = authorizationToken.replace('Bearer ', '')
  if (word !== 'closed' && !word.startsWith('open')) throw new Error('Unauthorized')
  return {
    principalId: `user-${word}`,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Action: 'execute-api:Invoke', Effect: word === 'closed' ? 'Deny' : 'Allow', Resource: methodArn },
      ],
    },
    context: { plan: 'gold' },
  }
}
