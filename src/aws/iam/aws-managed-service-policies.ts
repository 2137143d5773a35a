import type { ManagedPolicySource } from './aws-managed-policy-sources.ts'

/** Managed policies about one service each, beside those of functions. */
export const servicePolicySources: readonly ManagedPolicySource[] = [
  [
    '/',
    'CloudWatchLambdaInsightsExecutionRolePolicy',
    'Policy required for the Lambda Insights Extension.',
    [
      ['logs:CreateLogGroup', '*'],
      ['logs:CreateLogStream logs:PutLogEvents', 'arn:aws:logs:*:*:log-group:/aws/lambda-insights:*'],
    ],
  ],
  [
    '/',
    'CloudWatchLogsFullAccess',
    'Provides full access to CloudWatch Logs.',
    [['logs:* cloudwatch:GenerateQuery', '*']],
  ],
  [
    '/',
    'CloudWatchLogsReadOnlyAccess',
    'Provides read only access to CloudWatch Logs.',
    [
      [
        'logs:Describe* logs:Get* logs:List* logs:StartQuery logs:StopQuery logs:TestMetricFilter logs:FilterLogEvents logs:StartLiveTail logs:StopLiveTail cloudwatch:GenerateQuery',
        '*',
      ],
    ],
  ],
  [
    '/',
    'CloudWatchFullAccess',
    'Provides full access to CloudWatch.',
    [['autoscaling:Describe* cloudwatch:* logs:* sns:* iam:GetPolicy iam:GetPolicyVersion iam:GetRole', '*']],
  ],
  [
    '/',
    'CloudWatchReadOnlyAccess',
    'Provides read only access to CloudWatch.',
    [
      [
        'autoscaling:Describe* cloudwatch:Describe* cloudwatch:Get* cloudwatch:List* logs:Get* logs:List* logs:StartQuery logs:StopQuery logs:Describe* logs:TestMetricFilter logs:FilterLogEvents sns:Get* sns:List*',
        '*',
      ],
    ],
  ],
  [
    '/service-role/',
    'AmazonAPIGatewayPushToCloudWatchLogs',
    "Allows API Gateway to push logs to user's account.",
    [
      [
        'logs:CreateLogGroup logs:CreateLogStream logs:DescribeLogGroups logs:DescribeLogStreams logs:PutLogEvents logs:GetLogEvents logs:FilterLogEvents',
        '*',
      ],
    ],
  ],
  [
    '/',
    'AmazonAPIGatewayAdministrator',
    'Provides full access to create/edit/delete APIs in Amazon API Gateway via the AWS Management Console.',
    [['apigateway:*', 'arn:aws:apigateway:*::/*']],
  ],
  [
    '/',
    'AmazonAPIGatewayInvokeFullAccess',
    'Provides full access to invoke APIs in Amazon API Gateway.',
    [['execute-api:Invoke execute-api:ManageConnections', 'arn:aws:execute-api:*:*:*']],
  ],
  [
    '/',
    'AmazonSQSFullAccess',
    'Provides full access to Amazon SQS via the AWS Management Console.',
    [['sqs:*', '*']],
  ],
  [
    '/',
    'AmazonSQSReadOnlyAccess',
    'Provides read only access to Amazon SQS via the AWS Management Console.',
    [
      [
        'sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ListDeadLetterSourceQueues sqs:ListQueues sqs:ListMessageMoveTasks sqs:ListQueueTags',
        '*',
      ],
    ],
  ],
  [
    '/',
    'AmazonSNSFullAccess',
    'Provides full access to Amazon SNS via the AWS Management Console.',
    [['sns:*', '*']],
  ],
  [
    '/',
    'AmazonSNSReadOnlyAccess',
    'Provides read only access to Amazon SNS via the AWS Management Console.',
    [
      [
        'sns:GetTopicAttributes sns:List* sns:CheckIfPhoneNumberIsOptedOut sns:GetEndpointAttributes sns:GetDataProtectionPolicy sns:GetPlatformApplicationAttributes sns:GetSMSAttributes sns:GetSMSSandboxAccountStatus sns:GetSubscriptionAttributes',
        '*',
      ],
    ],
  ],
  [
    '/',
    'AmazonSESFullAccess',
    'Provides full access to Amazon SES via the AWS Management Console.',
    [['ses:*', '*']],
  ],
  [
    '/',
    'AmazonSSMFullAccess',
    'Provides full access to Amazon SSM.',
    [
      [
        'cloudwatch:PutMetricData ds:CreateComputer ds:DescribeDirectories ec2:DescribeInstanceStatus logs:* ssm:* ec2messages:*',
        '*',
      ],
    ],
  ],
  [
    '/',
    'AmazonSSMReadOnlyAccess',
    'Provides read only access to Amazon SSM.',
    [['ssm:Describe* ssm:Get* ssm:List*', '*']],
  ],
  [
    '/',
    'SecretsManagerReadWrite',
    'Provides read/write access to AWS Secrets Manager via the AWS Management Console.',
    [
      [
        'secretsmanager:* cloudformation:CreateChangeSet cloudformation:DescribeChangeSet cloudformation:DescribeStackResource cloudformation:DescribeStacks cloudformation:ExecuteChangeSet kms:DescribeKey kms:ListAliases kms:ListKeys lambda:ListFunctions rds:DescribeDBInstances tag:GetResources',
        '*',
      ],
      [
        'lambda:AddPermission lambda:CreateFunction lambda:GetFunction lambda:InvokeFunction lambda:UpdateFunctionConfiguration',
        'arn:aws:lambda:*:*:function:SecretsManager*',
      ],
    ],
  ],
  [
    '/',
    'AmazonEventBridgeFullAccess',
    'Provides full access to Amazon EventBridge.',
    [
      ['events:* schemas:* scheduler:* pipes:*', '*'],
      [
        'iam:PassRole',
        'arn:aws:iam::*:role/*',
        { StringLike: { 'iam:PassedToService': ['events.amazonaws.com', 'scheduler.amazonaws.com'] } },
      ],
    ],
  ],
  [
    '/',
    'AmazonEventBridgeSchedulerFullAccess',
    'Provides full access to Amazon EventBridge Scheduler.',
    [
      ['scheduler:*', '*'],
      [
        'iam:PassRole',
        'arn:aws:iam::*:role/*',
        { StringLike: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
      ],
    ],
  ],
  [
    '/',
    'AmazonCognitoPowerUser',
    'Provides administrative access to existing Amazon Cognito resources.',
    [
      [
        'cognito-identity:* cognito-idp:* cognito-sync:* iam:ListRoles iam:ListOpenIdConnectProviders iam:GetRole iam:ListSAMLProviders iam:GetSAMLProvider sns:ListPlatformApplications',
        '*',
      ],
    ],
  ],
  [
    '/',
    'AmazonCognitoReadOnly',
    'Provides read only access to Amazon Cognito resources.',
    [
      [
        'cognito-identity:Describe* cognito-identity:Get* cognito-identity:List* cognito-idp:Describe* cognito-idp:AdminGet* cognito-idp:AdminList* cognito-idp:List* cognito-idp:Get* cognito-sync:Describe* cognito-sync:Get* cognito-sync:List* iam:ListOpenIdConnectProviders iam:ListRoles sns:ListPlatformApplications',
        '*',
      ],
    ],
  ],
  [
    '/',
    'AWSCloudFormationFullAccess',
    'Provides full access to AWS CloudFormation.',
    [['cloudformation:*', '*']],
  ],
  [
    '/',
    'AWSCloudFormationReadOnlyAccess',
    'Provides access to AWS CloudFormation via the AWS Management Console.',
    [
      [
        'cloudformation:Describe* cloudformation:EstimateTemplateCost cloudformation:Get* cloudformation:List* cloudformation:ValidateTemplate cloudformation:Detect*',
        '*',
      ],
    ],
  ],
  [
    '/',
    'AWSKeyManagementServicePowerUser',
    'Provides access to AWS Key Management Service (KMS).',
    [
      [
        'kms:CreateAlias kms:CreateKey kms:DeleteAlias kms:Describe* kms:GenerateRandom kms:Get* kms:List* kms:TagResource kms:UntagResource iam:ListGroups iam:ListRoles iam:ListUsers',
        '*',
      ],
    ],
  ],
  [
    '/',
    'AWSStepFunctionsFullAccess',
    'An access policy for providing a user/role/etc access to the AWS StepFunctions API.',
    [['states:*', '*']],
  ],
]
