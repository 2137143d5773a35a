// CommonJS and a callback, as many functions of 2016 still are: both run as they do on AWS.
exports.handler = (event, _context, callback) => {
  console.log('%s %s', event.context['http-method'], event.context['resource-path'])
  callback(null, event)
}
