import { type RecordType, record } from './record-type.ts';

/**
 * Records of `__transaction_state`.
 * As Kafka's own message definitions have them (Apache Kafka 4.3, Apache-2.0): name, type, versions; `null:` since when it may be null,
 * `tag:` its number among the tagged fields.
 */
export const transactionRecords: readonly RecordType[] = [
  record(
    0,
    'TransactionLog',
    `0 flexible:none { transactionalId string 0 }`,
    `0-1 flexible:1+ { producerId int64 0+; previousProducerId int64 1+ tag:0@1+ = -1; nextProducerId int64 1+
     tag:1@1+ = -1; producerEpoch int16 0+; nextProducerEpoch int16 1+ tag:3@1+ = -1; transactionTimeoutMs int32 0+;
     transactionStatus int8 0+; transactionPartitions []{ topic string 0+; partitionIds []int32 0+ } 0+ null:0+;
     transactionLastUpdateTimestampMs int64 0+; transactionStartTimestampMs int64 0+; clientTransactionVersion int16
     1+ tag:2@1+ = 0 }`,
  ),
];

/** Records of `__share_group_state`. */
export const shareStateRecords: readonly RecordType[] = [
  record(
    0,
    'ShareSnapshot',
    `0 flexible:none { groupId string 0; topicId uuid 0; partition int32 0 }`,
    `0 flexible:0+ { snapshotEpoch int32 0+; stateEpoch int32 0+; leaderEpoch int32 0+; startOffset int64 0+;
     deliveryCompleteCount int32 0+ tag:0@0+ = -1; createTimestamp int64 0+; writeTimestamp int64 0+; stateBatches
     []{ firstOffset int64 0+; lastOffset int64 0+; deliveryState int8 0+; deliveryCount int16 0+ } 0+ }`,
  ),
  record(
    1,
    'ShareUpdate',
    `0 flexible:none { groupId string 0; topicId uuid 0; partition int32 0 }`,
    `0 flexible:0+ { snapshotEpoch int32 0+; leaderEpoch int32 0+; startOffset int64 0+; deliveryCompleteCount int32
     0+ tag:0@0+ = -1; stateBatches []{ firstOffset int64 0+; lastOffset int64 0+; deliveryState int8 0+;
     deliveryCount int16 0+ } 0+ }`,
  ),
];
