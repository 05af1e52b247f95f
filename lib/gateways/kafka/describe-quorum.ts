import { describeQuorumV0, describeQuorumV1, describeQuorumV2 } from '@platformatic/kafka';
import type { CallOptions, KafkaClient } from './client.ts';
import { itemError } from './translate.ts';
import { libraryApi } from './wire/api.ts';
import { badFrame } from './wire/flat-reader.ts';

const describeQuorumApi = libraryApi(
  'DescribeQuorum',
  describeQuorumV2.api,
  describeQuorumV1.api,
  describeQuorumV0.api,
);

export type QuorumVoter = {
  id: number;
  logEndOffset: bigint;
  /** When it had all of the log for the last time, epoch ms; null where the version does not tell (before KIP-836). */
  lastCaughtUpMs: number | null;
};

export type Quorum = {
  leaderId: number;
  leaderEpoch: number;
  highWatermark: bigint;
  voters: QuorumVoter[];
  /** Followers without a vote: the brokers. */
  observers: number;
};

/**
 * The controller quorum (KRaft, KIP-595). A broker forwards the question.
 * @throws AppError `kafka.unsupported` on clusters that still use ZooKeeper, `kafka.denied` without Describe on the cluster.
 */
export async function describeQuorum(client: KafkaClient, options: CallOptions = {}): Promise<Quorum> {
  const topics = [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }];
  const { value } = await client.call(describeQuorumApi, [topics], 'any', options);
  const partition = value.topics[0]?.partitions[0];
  const code = value.errorCode || (partition?.errorCode ?? 0);
  if (code !== 0) throw itemError(code, value.errorMessage, { operation: 'describe the controller quorum' });
  if (!partition) throw badFrame('it tells no quorum');
  return {
    leaderId: partition.leaderId,
    leaderEpoch: partition.leaderEpoch,
    highWatermark: partition.highWatermark,
    voters: partition.currentVoters.map((voter) => ({
      id: voter.replicaId,
      logEndOffset: voter.logEndOffset,
      lastCaughtUpMs: timeOf(voter.lastCaughtUpTimestamp),
    })),
    observers: partition.observers.length,
  };
}

const timeOf = (timestamp: bigint | undefined): number | null =>
  timestamp === undefined || timestamp < 0n ? null : Number(timestamp);
