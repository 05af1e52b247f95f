import { type RecordType, record } from './record-type.ts';

/**
 * Records of `__consumer_offsets`: committed offsets, and groups of the classic and the consumer protocol.
 * As Kafka's own message definitions have them (Apache Kafka 4.3, Apache-2.0): name, type, versions; `null:` since when it may be null,
 * `tag:` its number among the tagged fields.
 */
export const consumerGroupRecords: readonly RecordType[] = [
  record(
    0,
    'LegacyOffsetCommit',
    `0 flexible:none { group string 0; topic string 0; partition int32 0 }`,
    `0 flexible:none { offset int64 0; metadata string 0; commitTimestamp int64 0 }`,
  ),
  record(
    1,
    'OffsetCommit',
    `0 flexible:none { group string 0; topic string 0; partition int32 0 }`,
    `0-4 flexible:4+ { offset int64 0+; leaderEpoch int32 3+; metadata string 0+; commitTimestamp int64 0+;
     expireTimestamp int64 1; topicId uuid 4+ tag:0@4+ }`,
  ),
  record(
    2,
    'GroupMetadata',
    `0 flexible:none { group string 0 }`,
    `0-4 flexible:4+ { protocolType string 0+; generation int32 0+; protocol string 0+ null:0+; leader string 0+
     null:0+; currentStateTimestamp int64 2+; members []{ memberId string 0+; groupInstanceId string 3+ null:3+;
     clientId string 0+; clientHost string 0+; rebalanceTimeout int32 1+; sessionTimeout int32 0+; subscription bytes
     0+; assignment bytes 0+ } 0+ }`,
  ),
  record(
    3,
    'ConsumerGroupMetadata',
    `0 flexible:none { groupId string 0 }`,
    `0 flexible:0+ { epoch int32 0+; metadataHash int64 0+ tag:0@0+ = 0 }`,
  ),
  record(
    4,
    'ConsumerGroupPartitionMetadata',
    `0 flexible:none { groupId string 0 }`,
    `0 flexible:0+ { topics []{ topicId uuid 0+; topicName string 0+; numPartitions int32 0+; partitionMetadata []{
     partition int32 0+; racks []string 0+ } 0+ } 0+ }`,
  ),
  record(
    5,
    'ConsumerGroupMemberMetadata',
    `0 flexible:none { groupId string 0; memberId string 0 }`,
    `0 flexible:0+ { instanceId string 0+ null:0+; rackId string 0+ null:0+; clientId string 0+; clientHost string
     0+; subscribedTopicNames []string 0+; subscribedTopicRegex string 0+ null:0+; rebalanceTimeoutMs int32 0+;
     serverAssignor string 0+ null:0+; classicMemberMetadata { sessionTimeoutMs int32 0+; supportedProtocols []{ name
     string 0+; metadata bytes 0+ } 0+ } 0+ null:0+ tag:0@0+ = null }`,
  ),
  record(
    6,
    'ConsumerGroupTargetAssignmentMetadata',
    `0 flexible:none { groupId string 0 }`,
    `0 flexible:0+ { assignmentEpoch int32 0+; assignmentTimestamp int64 0+ tag:0@0+ = 0 }`,
  ),
  record(
    7,
    'ConsumerGroupTargetAssignmentMember',
    `0 flexible:none { groupId string 0; memberId string 0 }`,
    `0 flexible:0+ { topicPartitions []{ topicId uuid 0+; partitions []int32 0+ } 0+ }`,
  ),
  record(
    8,
    'ConsumerGroupCurrentMemberAssignment',
    `0 flexible:none { groupId string 0; memberId string 0 }`,
    `0 flexible:0+ { memberEpoch int32 0+; previousMemberEpoch int32 0+; state int8 0+; assignedPartitions []{
     topicId uuid 0+; partitions []int32 0+; assignmentEpochs []int32 0+ null:0+ tag:0@0+ = null } 0+;
     partitionsPendingRevocation []{ topicId uuid 0+; partitions []int32 0+; assignmentEpochs []int32 0+ null:0+
     tag:0@0+ = null } 0+ }`,
  ),
  record(
    16,
    'ConsumerGroupRegularExpression',
    `0 flexible:none { groupId string 0; regularExpression string 0 }`,
    `0 flexible:0+ { topics []string 0+; version int64 0+; timestamp int64 0+ }`,
  ),
];
