/** What deletes the records of a topic, from its configs. */
export type TopicRetention = {
  /** Whether old segments are deleted at all: `cleanup.policy` names `delete`. */
  deletes: boolean;
  /** `retention.ms`; -1 keeps for ever. */
  retentionMs: number;
  /** `retention.bytes` of each partition; -1 has no limit. */
  retentionBytes: number;
};
