/** All event types that a notification may ask for. https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html */
const eventTypes: ReadonlySet<string> = new Set(
  `s3:ReducedRedundancyLostObject s3:ObjectCreated:* s3:ObjectCreated:Put s3:ObjectCreated:Post s3:ObjectCreated:Copy
   s3:ObjectCreated:CompleteMultipartUpload s3:ObjectRemoved:* s3:ObjectRemoved:Delete s3:ObjectRemoved:DeleteMarkerCreated
   s3:ObjectRestore:* s3:ObjectRestore:Post s3:ObjectRestore:Completed s3:ObjectRestore:Delete s3:Replication:*
   s3:Replication:OperationFailedReplication s3:Replication:OperationNotTracked
   s3:Replication:OperationMissedThreshold s3:Replication:OperationReplicatedAfterThreshold s3:LifecycleTransition
   s3:IntelligentTiering s3:ObjectAcl:Put s3:LifecycleExpiration:* s3:LifecycleExpiration:Delete
   s3:LifecycleExpiration:DeleteMarkerCreated s3:ObjectTagging:* s3:ObjectTagging:Put s3:ObjectTagging:Delete`.split(
    /\s+/,
  ),
)

/** Whether S3 knows an event of that name. */
export function isEventType(name: string): boolean {
  return eventTypes.has(name)
}

/** Whether two event types have an event in common: equal, or one is the other's family. */
export function typesOverlap(one: string, other: string): boolean {
  const covers = (pattern: string, type: string): boolean =>
    pattern === type || (pattern.endsWith('*') && type.startsWith(pattern.slice(0, -1)))
  return covers(one, other) || covers(other, one)
}
