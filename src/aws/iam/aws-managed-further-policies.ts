import type { ManagedPolicySource } from './aws-managed-policy-sources.ts'

/** Lists and descriptions, never contents: what ViewOnlyAccess is about. */
const view = [
  'cloudformation:DescribeStack* cloudformation:DescribeStacks cloudformation:ListStacks cloudfront:List* cloudwatch:Describe* cloudwatch:List* cognito-identity:ListIdentities cognito-identity:ListIdentityPools',
  'cognito-idp:List* dynamodb:ListBackups dynamodb:ListGlobalTables dynamodb:ListStreams dynamodb:ListTables ec2:Describe* ecr:DescribeRepositories ecs:Describe* ecs:List* events:ListRuleNamesByTarget events:ListRules events:ListTargetsByRule',
  'firehose:DescribeDeliveryStream firehose:ListDeliveryStreams iam:GetAccountSummary iam:GetLoginProfile iam:List* kinesis:ListStreams kms:ListAliases kms:ListKeys lambda:List* logs:DescribeDestinations logs:DescribeExportTasks logs:DescribeLogGroups logs:DescribeLogStreams logs:DescribeMetricFilters logs:DescribeSubscriptionFilters',
  'rds:Describe* route53:Get* route53:List* s3:ListAllMyBuckets s3:ListBucket s3:ListMultiRegionAccessPoints scheduler:List* secretsmanager:ListSecrets ses:List* sns:List* sqs:ListQueues ssm:ListAssociations ssm:ListDocuments states:ListActivities states:ListStateMachines',
].join(' ')

/** Settings, never contents: what SecurityAudit is about. */
const audit = [
  'apigateway:GET cloudformation:Describe* cloudformation:GetStackPolicy cloudformation:GetTemplateSummary cloudformation:List* cloudfront:Get* cloudfront:List* cloudwatch:Describe* cloudwatch:List* cognito-identity:Describe* cognito-identity:GetIdentityPoolRoles cognito-identity:List* cognito-idp:Describe* cognito-idp:GetUserPoolMfaConfig cognito-idp:List*',
  'dynamodb:Describe* dynamodb:GetResourcePolicy dynamodb:List* ec2:Describe* ecr:DescribeRepositories ecr:GetRepositoryPolicy ecs:Describe* ecs:List* events:Describe* events:List* firehose:Describe* firehose:List* iam:Generate* iam:Get* iam:List* iam:Simulate* kinesis:Describe* kinesis:List* kms:Describe* kms:Get* kms:List*',
  'lambda:GetAccountSettings lambda:GetFunctionConfiguration lambda:GetFunctionEventInvokeConfig lambda:GetLayerVersionPolicy lambda:GetPolicy lambda:List* logs:Describe* logs:ListLogGroups logs:ListTagsForResource rds:Describe* rds:List* route53:Get* route53:List*',
  's3:GetAccelerateConfiguration s3:GetAccountPublicAccessBlock s3:GetAnalyticsConfiguration s3:GetBucket* s3:GetEncryptionConfiguration s3:GetInventoryConfiguration s3:GetLifecycleConfiguration s3:GetMetricsConfiguration s3:GetObjectAcl s3:GetObjectVersionAcl s3:GetReplicationConfiguration s3:List*',
  'scheduler:Get* scheduler:List* secretsmanager:DescribeSecret secretsmanager:GetResourcePolicy secretsmanager:ListSecretVersionIds secretsmanager:ListSecrets ses:Describe* ses:Get* ses:List* sns:Get* sns:List* sqs:GetQueueAttributes sqs:List* ssm:Describe* ssm:GetAutomationExecution ssm:List* states:Describe* states:List* sts:GetAccessKeyInfo xray:GetEncryptionConfig xray:GetGroup* xray:GetSampling*',
].join(' ')

const instanceCore =
  'ssm:DescribeAssociation ssm:GetDeployablePatchSnapshotForInstance ssm:GetDocument ssm:DescribeDocument ssm:GetManifest ssm:GetParameter ssm:GetParameters ssm:ListAssociations ssm:ListInstanceAssociations ssm:PutInventory ssm:PutComplianceItems ssm:PutConfigurePackageResult ssm:UpdateAssociationStatus ssm:UpdateInstanceAssociationStatus ssm:UpdateInstanceInformation ssmmessages:* ec2messages:*'
const agent =
  'cloudwatch:PutMetricData ec2:DescribeVolumes ec2:DescribeTags logs:PutLogEvents logs:PutRetentionPolicy logs:DescribeLogStreams logs:DescribeLogGroups logs:CreateLogStream logs:CreateLogGroup xray:PutTraceSegments xray:PutTelemetryRecords xray:GetSamplingRules xray:GetSamplingTargets xray:GetSamplingStatisticSummaries'
const images =
  'ecr:GetAuthorizationToken ecr:BatchCheckLayerAvailability ecr:GetDownloadUrlForLayer ecr:BatchGetImage'

const all = (path: string, name: string, description: string, actions: string): ManagedPolicySource => [
  path,
  name,
  description,
  [[actions, '*']],
]

/** Managed policies that projects name beside those of their functions; as far as they concern services that exist here. */
export const furtherPolicySources: readonly ManagedPolicySource[] = [
  all(
    '/job-function/',
    'ViewOnlyAccess',
    'This policy grants permissions to view resources and basic metadata across all AWS services.',
    view,
  ),
  all(
    '/',
    'SecurityAudit',
    'The security audit template grants access to read security configuration metadata.',
    audit,
  ),
  all(
    '/',
    'AWSLambdaFullAccess',
    'Provides full access to Lambda, S3, DynamoDB, CloudWatch Metrics and Logs.',
    'cloudwatch:* cognito-identity:ListIdentityPools cognito-sync:GetCognitoEvents cognito-sync:SetCognitoEvents dynamodb:* events:* iam:ListAttachedRolePolicies iam:ListRolePolicies iam:ListRoles iam:PassRole kinesis:DescribeStream kinesis:ListStreams kinesis:PutRecord lambda:* logs:* s3:* sns:ListSubscriptions sns:ListSubscriptionsByTopic sns:ListTopics sns:Subscribe sns:Unsubscribe sns:Publish sqs:ListQueues sqs:SendMessage tag:GetResources',
  ),
  all(
    '/service-role/',
    'AWSLambdaMSKExecutionRole',
    'Provides permissions required to access MSK Cluster within a VPC, manage ENIs in the VPC and write to CloudWatch Logs.',
    'kafka:DescribeCluster kafka:DescribeClusterV2 kafka:GetBootstrapBrokers ec2:CreateNetworkInterface ec2:DescribeNetworkInterfaces ec2:DescribeVpcs ec2:DeleteNetworkInterface ec2:DescribeSubnets ec2:DescribeSecurityGroups logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents',
  ),
  all(
    '/',
    'AmazonKinesisFullAccess',
    'Provides full access to all streams via the AWS Management Console.',
    'kinesis:*',
  ),
  all(
    '/',
    'AmazonKinesisReadOnlyAccess',
    'Provides read only access to all streams via the AWS Management Console.',
    'kinesis:Get* kinesis:List* kinesis:Describe*',
  ),
  all(
    '/',
    'AmazonKinesisFirehoseFullAccess',
    'Provides full access to all Amazon Kinesis Firehose Delivery Streams.',
    'firehose:*',
  ),
  all(
    '/',
    'AmazonKinesisFirehoseReadOnlyAccess',
    'Provides read only access to all Amazon Kinesis Firehose Delivery Streams.',
    'firehose:Describe* firehose:List*',
  ),
  all(
    '/',
    'CloudWatchFullAccessV2',
    'Provides full access to CloudWatch.',
    'application-autoscaling:DescribeScalingPolicies autoscaling:DescribeAutoScalingGroups autoscaling:DescribePolicies cloudwatch:* logs:* sns:CreateTopic sns:ListSubscriptions sns:ListSubscriptionsByTopic sns:ListTopics sns:Subscribe iam:GetPolicy iam:GetPolicyVersion iam:GetRole oam:ListSinks rum:* synthetics:* xray:*',
  ),
  all(
    '/',
    'CloudWatchAgentServerPolicy',
    'Permissions required to use AmazonCloudWatchAgent on servers',
    agent,
  ),
  all(
    '/',
    'CloudWatchEventsFullAccess',
    'Provides full access to Amazon CloudWatch Events.',
    'events:* iam:PassRole',
  ),
  all(
    '/',
    'CloudWatchEventsReadOnlyAccess',
    'Provides read only access to Amazon CloudWatch Events.',
    'events:DescribeRule events:ListRuleNamesByTarget events:ListRules events:ListTargetsByRule events:TestEventPattern',
  ),
  all(
    '/',
    'AmazonEventBridgeReadOnlyAccess',
    'Provides read only access to Amazon EventBridge.',
    'events:Describe* events:List* events:TestEventPattern schemas:Describe* schemas:Export* schemas:Get* schemas:List* schemas:Search* scheduler:Get* scheduler:List* pipes:DescribePipe pipes:List*',
  ),
  all(
    '/',
    'AmazonEventBridgeSchedulerReadOnlyAccess',
    'Provides read only access to Amazon EventBridge Scheduler.',
    'scheduler:Get* scheduler:List*',
  ),
  all(
    '/',
    'AmazonSESReadOnlyAccess',
    'Provides read only access to Amazon SES via the AWS Management Console.',
    'ses:Get* ses:List* ses:BatchGetMetricData',
  ),
  all(
    '/service-role/',
    'AmazonSNSRole',
    'Default policy for Amazon SNS service role.',
    'logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents logs:PutMetricFilter logs:PutRetentionPolicy',
  ),
  all(
    '/',
    'AmazonCognitoDeveloperAuthenticatedIdentities',
    'Provides access to Amazon Cognito APIs to support developer authenticated identities from your authentication backend.',
    'cognito-identity:GetOpenIdTokenForDeveloperIdentity cognito-identity:LookupDeveloperIdentity cognito-identity:MergeDeveloperIdentities cognito-identity:UnlinkDeveloperIdentity',
  ),
  all(
    '/',
    'AmazonMobileAnalyticsWriteOnlyAccess',
    'Provides write only access to put event data for all application resources.',
    'mobileanalytics:PutEvents',
  ),
  all(
    '/',
    'AmazonSSMManagedInstanceCore',
    'The policy for Amazon EC2 Role to enable AWS Systems Manager service core functionality.',
    instanceCore,
  ),
  all('/', 'AWSXrayFullAccess', 'AWS X-Ray full access managed policy', 'xray:*'),
  all(
    '/',
    'AWSXrayReadOnlyAccess',
    'AWS X-Ray read only managed policy',
    'xray:BatchGetTraces xray:Get* xray:List*',
  ),
  all(
    '/',
    'AWSXrayWriteOnlyAccess',
    'AWS X-Ray write only managed policy',
    'xray:PutTraceSegments xray:PutTelemetryRecords xray:GetSamplingRules xray:GetSamplingTargets xray:GetSamplingStatisticSummaries',
  ),
  all(
    '/',
    'AWSStepFunctionsReadOnlyAccess',
    'An access policy for providing a user/role/etc read only access to the AWS StepFunctions service.',
    'states:ListStateMachines states:ListActivities states:DescribeStateMachine states:DescribeStateMachineForExecution states:ListExecutions states:DescribeExecution states:GetExecutionHistory states:DescribeActivity',
  ),
  all(
    '/',
    'AmazonEC2FullAccess',
    'Provides full access to Amazon EC2 via the AWS Management Console.',
    'ec2:* elasticloadbalancing:* cloudwatch:* autoscaling:*',
  ),
  all(
    '/',
    'AmazonEC2ReadOnlyAccess',
    'Provides read only access to Amazon EC2 via the AWS Management Console.',
    'ec2:Describe* ec2:GetSecurityGroupsForVpc elasticloadbalancing:Describe* cloudwatch:ListMetrics cloudwatch:GetMetricStatistics cloudwatch:Describe* autoscaling:Describe*',
  ),
  all(
    '/',
    'AmazonRDSFullAccess',
    'Provides full access to Amazon RDS via the AWS Management Console.',
    'rds:* cloudwatch:GetMetricStatistics cloudwatch:GetMetricData ec2:Describe* sns:ListSubscriptions sns:ListTopics sns:Publish logs:DescribeLogStreams logs:GetLogEvents',
  ),
  all(
    '/',
    'AmazonRDSDataFullAccess',
    'Allows full access to use the RDS data APIs, secret store APIs for RDS database credentials, and DB console query management APIs.',
    'dbqms:* rds-data:ExecuteSql rds-data:ExecuteStatement rds-data:BatchExecuteStatement rds-data:BeginTransaction rds-data:CommitTransaction rds-data:RollbackTransaction secretsmanager:CreateSecret secretsmanager:ListSecrets secretsmanager:GetRandomPassword tag:GetResources',
  ),
  all(
    '/',
    'AmazonEC2ContainerRegistryReadOnly',
    'Provides read-only access to Amazon EC2 Container Registry repositories.',
    `${images} ecr:GetRepositoryPolicy ecr:DescribeRepositories ecr:ListImages ecr:DescribeImages ecr:GetLifecyclePolicy ecr:ListTagsForResource ecr:DescribeImageScanFindings`,
  ),
  [
    '/service-role/',
    'AmazonECSTaskExecutionRolePolicy',
    'Provides access to other AWS service resources that are required to run Amazon ECS tasks',
    [[`${images} logs:CreateLogStream logs:PutLogEvents`, '*']],
  ],
]
