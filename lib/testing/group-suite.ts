import { Kafka, logLevel } from 'kafkajs';
import { afterAll } from 'vitest';
import { deleteGroup } from '#lib/gateways/kafka/delete-group.ts';
import { fetchGroupOffsets } from '#lib/gateways/kafka/fetch-group-offsets.ts';
import { commitOffsets } from './commit-offsets.ts';
import { topicSuite } from './topic-suite.ts';

const tool = 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand';

/** Groups of one suite on the test platform, beside its topics; all of them are gone when it ends. */
export function groupSuite(name: string) {
  const suite = topicSuite(name);
  const made = new Set<string>();
  const members: { disconnect: () => Promise<void> }[] = [];

  // Runs before the topic suite's own, which closes the client.
  afterAll(async () => {
    for (const member of members) await member.disconnect();
    for (const groupId of made) await deleteGroup(suite.client, groupId).catch(() => undefined);
  });

  const named = (short: string): string => {
    const groupId = `svc.${name}.${process.pid}.${short}`;
    made.add(groupId);
    return groupId;
  };

  return {
    ...suite,
    group: named,
    /** Makes a group without members that stands at these offsets of partitions 0, 1, … */
    async standing(short: string, topic: string, offsets: readonly bigint[]): Promise<string> {
      const groupId = named(short);
      await commitOffsets(suite.client, groupId, topic, offsets);
      return groupId;
    },
    commit: (groupId: string, topic: string, offsets: readonly bigint[]) =>
      commitOffsets(suite.client, groupId, topic, offsets),
    /** Where a group stands by what its coordinator answers: `topic/partition` → offset. */
    async stands(groupId: string): Promise<Record<string, string>> {
      const offsets = await fetchGroupOffsets(suite.client, groupId);
      return Object.fromEntries(
        offsets
          .filter(({ offset }) => offset >= 0n)
          .map((one) => [`${one.topic}/${one.partition}`, `${one.offset}`]),
      );
    },
    /** A consumer that is a member of a classic group, reading a topic, until it is disconnected. */
    async member(groupId: string, topic: string, clientId: string) {
      const kafka = new Kafka({ clientId, brokers: suite.platform.bootstrap, logLevel: logLevel.NOTHING });
      const consumer = kafka.consumer({ groupId, sessionTimeout: 10_000, rebalanceTimeout: 10_000 });
      members.push(consumer);
      await consumer.connect();
      await consumer.subscribe({ topic });
      const joined = new Promise<void>((done) => void consumer.on(consumer.events.GROUP_JOIN, () => done()));
      await consumer.run({ autoCommit: false, eachMessage: async () => undefined });
      await joined;
      return consumer;
    },
    /** Kafka's own consumer-groups tool. */
    groupsTool: async (args: string[]): Promise<string> => (await suite.platform.cli(tool, args)).stdout,
    /** What that tool says of where a group stands: `topic/partition` → offset. */
    async describedByTool(groupId: string): Promise<Record<string, string>> {
      const { stdout } = await suite.platform.cli(tool, ['--describe', '--offsets', '--group', groupId]);
      const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/));
      return Object.fromEntries(
        rows
          .filter(([group]) => group === groupId)
          .map(([, topic, partition, offset]) => [`${topic}/${partition}`, offset!]),
      );
    },
  };
}

/** The words of a command line as a shell would split them. */
export const shellWords = (line: string): string[] =>
  [...line.matchAll(/(?:[^\s']|'[^']*')+/g)].map(([word]) => word.replaceAll("'", ''));
