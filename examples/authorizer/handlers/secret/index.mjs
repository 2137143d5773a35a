export const handler = async event => ({
  statusCode: 200,
  body: JSON.stringify({
    for: event.requestContext.authorizer.principalId,
    plan: event.requestContext.authorizer.plan,
  }),
})
