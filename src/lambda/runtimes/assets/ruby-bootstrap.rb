# frozen_string_literal: true

# What Ruby functions run in: AWS's own client, the gem aws_lambda_ric, out of the function's vendor/bundle, a layer or the
# machine. Its executable wants a Gemfile beside every function, as AWS's runtime does not, so it is started from here.
# https://github.com/aws/aws-lambda-ruby-runtime-interface-client
begin
  require 'aws_lambda_ric'
rescue LoadError => e
  raise unless e.path == 'aws_lambda_ric'

  require 'json'
  require 'net/http'
  name = ENV.fetch('AWS_LAMBDA_FUNCTION_NAME')
  message = "The function #{name} needs AWS's runtime interface client for Ruby #{RUBY_VERSION}, the gem aws_lambda_ric: gem install aws_lambda_ric"
  error = { errorType: 'Runtime.InvalidEntrypoint', errorMessage: message }
  uri = URI("http://#{ENV.fetch('AWS_LAMBDA_RUNTIME_API')}/2018-06-01/runtime/init/error")
  Net::HTTP.post(uri, JSON.generate(error), 'Content-Type' => 'application/json')
  abort message
end

# AWS's runtime finds modules of the function beside its handler.
$LOAD_PATH.unshift(Dir.pwd) unless $LOAD_PATH.include?(Dir.pwd)
AwsLambdaRIC::Bootstrap.new.start
