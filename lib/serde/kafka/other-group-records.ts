import { type RecordType, record } from './record-type.ts';

/**
 * Records of `__consumer_offsets`: share groups and streams groups.
 * As Kafka's own message definitions have them (Apache Kafka 4.3, Apache-2.0): name, type, versions; `null:` since when it may be null,
 * `tag:` its number among the tagged fields.
 */
export const otherGroupRecords: readonly RecordType[] = [
  record(
    10,
    'ShareGroupMemberMetadata',
    `0 flexible:none { groupId string 0; memberId string 0 }`,
    `0 flexible:0+ { rackId string 0+ null:0+; clientId string 0+; clientHost string 0+; subscribedTopicNames
     []string 0+ }`,
  ),
  record(
    11,
    'ShareGroupMetadata',
    `0 flexible:none { groupId string 0 }`,
    `0 flexible:0+ { epoch int32 0+; metadataHash int64 0+ }`,
  ),
  record(
    12,
    'ShareGroupTargetAssignmentMetadata',
    `0 flexible:none { groupId string 0 }`,
    `0 flexible:0+ { assignmentEpoch int32 0+; assignmentTimestamp int64 0+ tag:0@0+ = 0 }`,
  ),
  record(
    13,
    'ShareGroupTargetAssignmentMember',
    `0 flexible:none { groupId string 0; memberId string 0 }`,
    `0 flexible:0+ { topicPartitions []{ topicId uuid 0+; partitions []int32 0+ } 0+ }`,
  ),
  record(
    14,
    'ShareGroupCurrentMemberAssignment',
    `0 flexible:none { groupId string 0; memberId string 0 }`,
    `0 flexible:0+ { memberEpoch int32 0+; previousMemberEpoch int32 0+; state int8 0+; assignedPartitions []{
     topicId uuid 0+; partitions []int32 0+ } 0+ }`,
  ),
  record(
    15,
    'ShareGroupStatePartitionMetadata',
    `0 flexible:none { groupId string 0 }`,
    `0 flexible:0+ { initializingTopics []{ topicId uuid 0+; topicName string 0+; partitions []int32 0+ } 0+;
     initializedTopics []{ topicId uuid 0+; topicName string 0+; partitions []int32 0+ } 0+; deletingTopics []{
     topicId uuid 0+; topicName string 0+ } 0+ }`,
  ),
  record(
    17,
    'StreamsGroupMetadata',
    `0 flexible:none { groupId string 0 }`,
    `0 flexible:0+ { epoch int32 0+; metadataHash int64 0+; validatedTopologyEpoch int32 0+ tag:0@0+ = -1;
     lastAssignmentConfigs []{ key string 0+; value string 0+ } 0+ null:0+ tag:1@0+ = null }`,
  ),
  record(
    19,
    'StreamsGroupMemberMetadata',
    `0 flexible:none { groupId string 0; memberId string 0 }`,
    `0 flexible:0+ { instanceId string 0+ null:0+; rackId string 0+ null:0+; clientId string 0+; clientHost string
     0+; rebalanceTimeoutMs int32 0+; topologyEpoch int32 0+; processId string 0+; userEndpoint { host string 0+;
     port uint16 0+ } 0+ null:0+; clientTags []{ key string 0+; value string 0+ } 0+ }`,
  ),
  record(
    20,
    'StreamsGroupTargetAssignmentMetadata',
    `0 flexible:none { groupId string 0 }`,
    `0 flexible:0+ { assignmentEpoch int32 0+; assignmentTimestamp int64 0+ tag:0@0+ = 0 }`,
  ),
  record(
    21,
    'StreamsGroupTargetAssignmentMember',
    `0 flexible:none { groupId string 0; memberId string 0 }`,
    `0 flexible:0+ { activeTasks []{ subtopologyId string 0+; partitions []int32 0+ } 0+; standbyTasks []{
     subtopologyId string 0+; partitions []int32 0+ } 0+; warmupTasks []{ subtopologyId string 0+; partitions []int32
     0+ } 0+ }`,
  ),
  record(
    22,
    'StreamsGroupCurrentMemberAssignment',
    `0 flexible:none { groupId string 0; memberId string 0 }`,
    `0 flexible:0+ { memberEpoch int32 0+; previousMemberEpoch int32 0+; state int8 0+; activeTasks []{ subtopologyId
     string 0+; partitions []int32 0+; assignmentEpochs []int32 0+ null:0+ tag:0@0+ = null } 0+; standbyTasks []{
     subtopologyId string 0+; partitions []int32 0+; assignmentEpochs []int32 0+ null:0+ tag:0@0+ = null } 0+;
     warmupTasks []{ subtopologyId string 0+; partitions []int32 0+; assignmentEpochs []int32 0+ null:0+ tag:0@0+ =
     null } 0+; activeTasksPendingRevocation []{ subtopologyId string 0+; partitions []int32 0+; assignmentEpochs
     []int32 0+ null:0+ tag:0@0+ = null } 0+; standbyTasksPendingRevocation []{ subtopologyId string 0+; partitions
     []int32 0+; assignmentEpochs []int32 0+ null:0+ tag:0@0+ = null } 0+; warmupTasksPendingRevocation []{
     subtopologyId string 0+; partitions []int32 0+; assignmentEpochs []int32 0+ null:0+ tag:0@0+ = null } 0+ }`,
  ),
  record(
    23,
    'StreamsGroupTopology',
    `0 flexible:none { groupId string 0 }`,
    `0 flexible:0+ { epoch int32 0+; subtopologies []{ subtopologyId string 0+; sourceTopics []string 0+;
     sourceTopicRegex []string 0+; stateChangelogTopics []{ name string 0+; partitions int32 0+; replicationFactor
     int16 0+; topicConfigs []{ key string 0+; value string 0+ } 0+ } 0+; repartitionSinkTopics []string 0+;
     repartitionSourceTopics []{ name string 0+; partitions int32 0+; replicationFactor int16 0+; topicConfigs []{
     key string 0+; value string 0+ } 0+ } 0+; copartitionGroups []{ sourceTopics []int16 0+; sourceTopicRegex
     []int16 0+; repartitionSourceTopics []int16 0+ } 0+ } 0+ }`,
  ),
];
