export const handler = async event => ({ text: `Hello ${event.name}!` })
