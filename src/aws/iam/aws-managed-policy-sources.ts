import { furtherPolicySources } from './aws-managed-further-policies.ts'
import { servicePolicySources } from './aws-managed-service-policies.ts'

/** Path, name, description and statements: actions (after `!` all others) and resources separated by blanks, conditions. */
export type ManagedPolicySource = readonly [
  path: string,
  name: string,
  description: string,
  statements: readonly (readonly [actions: string, resources: string, condition?: object])[],
]

const basicLogs = 'logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents'
const passToLambda = { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } }
const network =
  'ec2:CreateNetworkInterface ec2:DescribeNetworkInterfaces ec2:DescribeSubnets ec2:DeleteNetworkInterface ec2:AssignPrivateIpAddresses ec2:UnassignPrivateIpAddresses'
const readEverything = [
  'apigateway:GET athena:Get* athena:List* cloudformation:Describe* cloudformation:Detect* cloudformation:Estimate* cloudformation:Get* cloudformation:List* cloudformation:ValidateTemplate',
  'cloudfront:Get* cloudfront:List* cloudwatch:Describe* cloudwatch:Get* cloudwatch:List* cognito-identity:Describe* cognito-identity:Get* cognito-identity:List* cognito-identity:Lookup*',
  'cognito-idp:AdminGet* cognito-idp:AdminList* cognito-idp:Describe* cognito-idp:Get* cognito-idp:List* dynamodb:BatchGet* dynamodb:Describe* dynamodb:Get* dynamodb:List* dynamodb:PartiQLSelect dynamodb:Query dynamodb:Scan',
  'ec2:Describe* ec2:Get* ecr:BatchGet* ecr:Describe* ecr:Get* ecr:List* ecs:Describe* ecs:List* events:Describe* events:List* events:Test* firehose:Describe* firehose:List*',
  'iam:Generate* iam:Get* iam:List* iam:Simulate* kinesis:Describe* kinesis:Get* kinesis:List* kms:Describe* kms:Get* kms:List* lambda:Get* lambda:List*',
  'logs:Describe* logs:FilterLogEvents logs:Get* logs:ListTagsLogGroup logs:StartQuery logs:StopQuery logs:TestMetricFilter rds:Describe* rds:List* route53:Get* route53:List* route53:Test*',
  's3:DescribeJob s3:Get* s3:List* scheduler:Get* scheduler:List* secretsmanager:Describe* secretsmanager:GetResourcePolicy secretsmanager:List* ses:BatchGetMetricData ses:Describe* ses:Get* ses:List*',
  'sns:Check* sns:Get* sns:List* sqs:Get* sqs:List* sqs:Receive* ssm:Describe* ssm:Get* ssm:List* states:Describe* states:Get* states:List* sts:GetAccessKeyInfo sts:GetCallerIdentity sts:GetSessionToken tag:Get* xray:BatchGet* xray:Get*',
].join(' ')

/**
 * AWS's commonly used managed policies: the functions' execution roles in full, the broad ones as far as they concern
 * services that exist here. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const managedPolicySources: readonly ManagedPolicySource[] = [
  ...servicePolicySources,
  ...furtherPolicySources,
  ['/', 'AdministratorAccess', 'Provides full access to AWS services and resources.', [['*', '*']]],
  [
    '/',
    'PowerUserAccess',
    'Provides full access to AWS services and resources, but does not allow management of Users and groups.',
    [
      ['!iam:* organizations:* account:*', '*'],
      [
        'account:GetAccountInformation account:GetPrimaryEmail account:ListRegions iam:CreateServiceLinkedRole iam:DeleteServiceLinkedRole iam:ListRoles organizations:DescribeEffectivePolicy organizations:DescribeOrganization',
        '*',
      ],
    ],
  ],
  [
    '/',
    'ReadOnlyAccess',
    'Provides read-only access to AWS services and resources.',
    [[readEverything, '*']],
  ],
  [
    '/',
    'IAMFullAccess',
    'Provides full access to IAM via the AWS Management Console.',
    [
      [
        'iam:* organizations:DescribeAccount organizations:DescribeOrganization organizations:DescribeOrganizationalUnit organizations:DescribePolicy organizations:ListChildren organizations:ListParents organizations:ListPoliciesForTarget organizations:ListRoots organizations:ListPolicies organizations:ListTargetsForPolicy',
        '*',
      ],
    ],
  ],
  [
    '/',
    'IAMReadOnlyAccess',
    'Provides read only access to IAM via the AWS Management Console.',
    [
      [
        'iam:GenerateCredentialReport iam:GenerateServiceLastAccessedDetails iam:Get* iam:List* iam:SimulateCustomPolicy iam:SimulatePrincipalPolicy',
        '*',
      ],
    ],
  ],
  [
    '/',
    'IAMUserChangePassword',
    'Provides the ability for an IAM user to change their own password.',
    [
      ['iam:ChangePassword', 'arn:aws:iam::*:user/${aws:username}'],
      ['iam:GetAccountPasswordPolicy', '*'],
    ],
  ],
  [
    '/',
    'AmazonS3FullAccess',
    'Provides full access to all buckets via the AWS Management Console.',
    [['s3:* s3-object-lambda:*', '*']],
  ],
  [
    '/',
    'AmazonS3ReadOnlyAccess',
    'Provides read only access to all buckets via the AWS Management Console.',
    [['s3:Get* s3:List* s3:Describe* s3-object-lambda:Get* s3-object-lambda:List*', '*']],
  ],
  [
    '/',
    'AmazonDynamoDBFullAccess',
    'Provides full access to Amazon DynamoDB via the AWS Management Console.',
    [
      [
        'dynamodb:* dax:* application-autoscaling:DeleteScalingPolicy application-autoscaling:DescribeScalableTargets application-autoscaling:RegisterScalableTarget cloudwatch:DeleteAlarms cloudwatch:DescribeAlarms cloudwatch:GetMetricStatistics cloudwatch:ListMetrics cloudwatch:PutMetricAlarm iam:GetRole iam:ListRoles kms:DescribeKey kms:ListAliases sns:CreateTopic sns:ListTopics sns:Subscribe lambda:CreateFunction lambda:ListFunctions lambda:ListEventSourceMappings lambda:CreateEventSourceMapping lambda:DeleteEventSourceMapping lambda:GetFunctionConfiguration',
        '*',
      ],
      ['iam:PassRole', '*', passToLambda],
    ],
  ],
  [
    '/',
    'AmazonDynamoDBFullAccess_v2',
    'Provides full access to Amazon DynamoDB via the AWS Management Console.',
    [
      [
        'dynamodb:* dax:* application-autoscaling:* cloudwatch:DescribeAlarms cloudwatch:GetMetricStatistics cloudwatch:ListMetrics kms:DescribeKey kms:ListAliases',
        '*',
      ],
    ],
  ],
  [
    '/',
    'AmazonDynamoDBReadOnlyAccess',
    'Provides read only access to Amazon DynamoDB via the AWS Management Console.',
    [
      [
        'dynamodb:BatchGetItem dynamodb:Describe* dynamodb:List* dynamodb:GetAbacStatus dynamodb:GetItem dynamodb:GetResourcePolicy dynamodb:Query dynamodb:Scan dynamodb:PartiQLSelect cloudwatch:DescribeAlarms cloudwatch:GetMetricStatistics cloudwatch:ListMetrics iam:GetRole iam:ListRoles kms:DescribeKey kms:ListAliases',
        '*',
      ],
    ],
  ],
  [
    '/',
    'AWSLambda_FullAccess',
    'Grants full access to AWS Lambda service, AWS Lambda console features, and other related AWS services.',
    [
      [
        'cloudformation:DescribeStacks cloudformation:ListStackResources cloudwatch:ListMetrics cloudwatch:GetMetricData ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs kms:ListAliases iam:GetPolicy iam:GetPolicyVersion iam:GetRole iam:GetRolePolicy iam:ListAttachedRolePolicies iam:ListRolePolicies iam:ListRoles lambda:* logs:DescribeLogGroups states:DescribeStateMachine states:ListStateMachines tag:GetResources xray:GetTraceSummaries xray:BatchGetTraces',
        '*',
      ],
      ['iam:PassRole', '*', passToLambda],
      [
        'logs:DescribeLogStreams logs:GetLogEvents logs:FilterLogEvents logs:StartLiveTail logs:StopLiveTail',
        'arn:aws:logs:*:*:log-group:/aws/lambda/*',
      ],
    ],
  ],
  [
    '/',
    'AWSLambda_ReadOnlyAccess',
    'Grants read-only access to AWS Lambda service, AWS Lambda console features, and other related AWS services.',
    [
      [
        'cloudformation:DescribeStacks cloudformation:ListStackResources cloudwatch:GetMetricData cloudwatch:ListMetrics kms:ListAliases iam:GetPolicy iam:GetPolicyVersion iam:GetRole iam:GetRolePolicy iam:ListAttachedRolePolicies iam:ListRolePolicies iam:ListRoles lambda:Get* lambda:List* logs:DescribeLogGroups logs:DescribeLogStreams logs:GetLogEvents logs:FilterLogEvents tag:GetResources xray:GetTraceSummaries xray:BatchGetTraces',
        '*',
      ],
    ],
  ],
  [
    '/service-role/',
    'AWSLambdaRole',
    'Default policy for AWS Lambda service role.',
    [['lambda:InvokeFunction', '*']],
  ],
  [
    '/',
    'AWSLambdaExecute',
    'Provides Put, Get access to S3 and full access to CloudWatch Logs.',
    [
      ['logs:*', 'arn:aws:logs:*:*:*'],
      ['s3:GetObject s3:PutObject', 'arn:aws:s3:::*'],
    ],
  ],
  [
    '/',
    'AWSLambdaInvocation-DynamoDB',
    'Provides read access to DynamoDB Streams.',
    [
      ['lambda:InvokeFunction', '*'],
      ['dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams', '*'],
    ],
  ],
  [
    '/service-role/',
    'AWSLambdaBasicExecutionRole',
    'Provides write permissions to CloudWatch Logs.',
    [[basicLogs, '*']],
  ],
  [
    '/service-role/',
    'AWSLambdaDynamoDBExecutionRole',
    'Provides list and read access to DynamoDB streams and write permissions to CloudWatch logs.',
    [
      [
        `dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams ${basicLogs}`,
        '*',
      ],
    ],
  ],
  [
    '/service-role/',
    'AWSLambdaKinesisExecutionRole',
    'Provides list and read access to Kinesis streams and write permissions to CloudWatch logs.',
    [
      [
        `kinesis:DescribeStream kinesis:DescribeStreamSummary kinesis:GetRecords kinesis:GetShardIterator kinesis:ListShards kinesis:ListStreams kinesis:SubscribeToShard ${basicLogs}`,
        '*',
      ],
    ],
  ],
  [
    '/service-role/',
    'AWSLambdaSQSQueueExecutionRole',
    'Provides receive message, delete message, and read attribute access to SQS queues, and write permissions to CloudWatch logs.',
    [[`sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes ${basicLogs}`, '*']],
  ],
  [
    '/service-role/',
    'AWSLambdaVPCAccessExecutionRole',
    'Provides minimum permissions for a Lambda function to execute while accessing a resource within a VPC.',
    [[`${basicLogs} ${network}`, '*']],
  ],
  [
    '/service-role/',
    'AWSLambdaENIManagementAccess',
    'Provides minimum permissions for a Lambda function to manage ENIs used by a VPC-enabled Lambda function.',
    [[network, '*']],
  ],
  [
    '/',
    'AWSXRayDaemonWriteAccess',
    'Allow the AWS X-Ray Daemon to relay raw trace segments data to the service API.',
    [
      [
        'xray:PutTraceSegments xray:PutTelemetryRecords xray:GetSamplingRules xray:GetSamplingTargets xray:GetSamplingStatisticSummaries',
        '*',
      ],
    ],
  ],
]
