import { setTimeout as delay } from 'node:timers/promises';
import type { EachMessagePayload, IHeaders } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platformHandle } from '#platform/handle.ts';
import { connectKafka } from './connect.ts';
import { groupIds } from './groups.ts';
import { startWorkload, type Workload } from './start-workload.ts';
import { topicNames } from './topics.ts';

const platform = platformHandle();
const kafka = connectKafka(platform.bootstrap, 'workload-itest');
const admin = kafka.admin();
const stop = new AbortController();
let workload: Workload;

const deadlineMs = 90_000;

/** Waits until `probe` gives something other than null. What it throws counts as not yet, and is told at the end. */
async function until<T>(what: string, probe: () => Promise<T | null>): Promise<T> {
  const endMs = Date.now() + deadlineMs;
  let cause: unknown;
  while (Date.now() < endMs) {
    try {
      const found = await probe();
      if (found !== null) return found;
    } catch (error) {
      cause = error;
    }
    await delay(300);
  }
  throw new Error(`never: ${what}`, { cause });
}

const removeGroups = async () => {
  for (const groupId of Object.values(groupIds)) await admin.deleteGroups([groupId]).catch(() => undefined);
};

type GroupRow = { partition: number; current: number; end: number; member: string };

/** Kafka's own tool, one row per partition that has offsets. */
async function describeGroup(groupId: string): Promise<GroupRow[]> {
  const { stdout } = await platform.cli('org.apache.kafka.tools.consumer.group.ConsumerGroupCommand', [
    '--describe',
    '--group',
    groupId,
  ]);
  return stdout.split('\n').flatMap((line) => {
    const [group, , partition, current, end, , member = ''] = line.trim().split(/\s+/);
    if (group !== groupId || !/^\d+$/.test(current ?? '')) return [];
    return [{ partition: Number(partition), current: Number(current), end: Number(end), member }];
  });
}

const lagOf = (rows: readonly GroupRow[]) => rows.reduce((sum, row) => sum + row.end - row.current, 0);
const positionOf = (rows: readonly GroupRow[]) => rows.reduce((sum, row) => sum + row.current, 0);

beforeAll(async () => {
  await admin.connect();
  await removeGroups();
  const existing = (await admin.listTopics()).filter((topic) => topic.startsWith('shop.'));
  if (existing.length > 0) await admin.deleteTopics({ topics: existing });
  await until('topics are gone', async () =>
    (await admin.listTopics()).some((topic) => topic.startsWith('shop.')) ? null : true,
  );
  workload = await startWorkload({
    bootstrap: platform.bootstrap,
    registryUrl: platform.registryUrl,
    rate: 400,
    seed: 'itest',
    signal: stop.signal,
    goodTimeMs: 6_000,
    firstRewindAfterMs: 15_000,
    rewindEveryMs: 25_000,
  });
});

afterAll(async () => {
  stop.abort();
  await workload?.ended;
  await removeGroups();
  await admin.disconnect();
});

describe('startWorkload', { timeout: 2 * deadlineMs }, () => {
  it('fills every topic, dead letters too', async () => {
    await until('every topic has records', async () => {
      const counts = await Promise.all(
        topicNames.map(async (topic) =>
          (await admin.fetchTopicOffsets(topic)).reduce((sum, { high }) => sum + Number(high), 0),
        ),
      );
      return counts.every((count) => count > 0) ? counts : null;
    });
  });

  it('rewinds a group', async () => {
    let last = 0;
    await until('the rewound group goes back', async () => {
      const position = positionOf(await describeGroup(groupIds.rewound));
      if (position < last) return true;
      last = position;
      return null;
    });
  });

  it('has groups that are healthy, slow, stalled, stopped, idle and of the next protocol', async () => {
    const stopped = await until('a group with offsets and without members', async () => {
      const rows = await describeGroup(groupIds.stopped);
      return rows.length > 0 && rows.every(({ member }) => member === '-') ? rows : null;
    });
    await until('the stopped group falls behind', async () =>
      lagOf(await describeGroup(groupIds.stopped)) > lagOf(stopped) ? true : null,
    );
    const stalled = await until('a stalled group', async () => {
      const rows = await describeGroup(groupIds.stalled);
      return rows.length > 0 && rows.every(({ member }) => member !== '-') && lagOf(rows) > 0 ? rows : null;
    });
    await until('it falls behind and stands', async () => {
      const rows = await describeGroup(groupIds.stalled);
      if (lagOf(rows) <= lagOf(stalled)) return null;
      expect(positionOf(rows)).toBe(positionOf(stalled));
      return rows;
    });
    const slow = await until('a slow group', async () => {
      const rows = await describeGroup(groupIds.slow);
      return lagOf(rows) > 0 ? rows : null;
    });
    await until('it goes on and falls behind', async () => {
      const rows = await describeGroup(groupIds.slow);
      return positionOf(rows) > positionOf(slow) && lagOf(rows) > lagOf(slow) ? rows : null;
    });
    const healthy = await until('a healthy group', async () => {
      const rows = await describeGroup(groupIds.healthy);
      return rows.length === 12 && lagOf(rows) < positionOf(rows) / 2 ? rows : null;
    });
    expect(new Set(healthy.map(({ member }) => member)).size).toBe(2);
    await until('an idle group', async () => {
      const rows = await describeGroup(groupIds.idle);
      return rows.length > 0 && lagOf(rows) === 0 && rows.every(({ member }) => member !== '-') ? rows : null;
    });
    const { stdout } = await platform.cli('org.apache.kafka.tools.GroupsCommand', ['--list']);
    expect(stdout).toMatch(new RegExp(`${groupIds.nextProtocol}\\s+Consumer\\s`));
    expect(stdout).toMatch(new RegExp(`${groupIds.healthy}\\s+Classic\\s`));
  });

  it('writes dead letters that point to their source and say why', async () => {
    const [letter] = await readSome('shop.shipments.v1.DLT', 1);
    const header = (name: string) => asBuffer(letter!.message.headers, `kafka_dlt-${name}`);
    expect(header('original-topic').toString()).toBe('shop.shipments.v1');
    expect(header('original-partition').readInt32BE()).toBe(letter!.partition);
    expect(header('exception-fqcn').toString()).toContain('ListenerExecutionFailedException');
    expect(header('exception-message').toString()).not.toBe('');
    expect(header('exception-stacktrace').toString()).toContain('Caused by: ');

    const { stdout } = await platform.cli('org.apache.kafka.tools.consumer.ConsoleConsumer', [
      '--topic',
      'shop.shipments.v1',
      '--partition',
      String(letter!.partition),
      '--offset',
      String(header('original-offset').readBigInt64BE()),
      '--max-messages',
      '1',
      '--timeout-ms',
      '20000',
      '--formatter-property',
      'print.key=true',
      '--formatter-property',
      'print.timestamp=true',
    ]);
    expect(stdout).toContain(`CreateTime:${header('original-timestamp').readBigInt64BE()}`);
    expect(stdout).toContain(letter!.message.key!.toString());
  });

  it('aborts some transactions', async () => {
    await until('records that only readers of uncommitted ones see', async () => {
      const [first] = (await admin.fetchTopicOffsets('shop.payments.v1')).filter((p) => p.partition === 0);
      // Fewer than there are, so that both readers end: some of the offsets are markers or aborted.
      const count = Math.floor(Number(first!.high) * 0.6);
      const all = await offsetsOf('shop.payments.v1', 0, count, 'read_uncommitted');
      const committed = new Set(await offsetsOf('shop.payments.v1', 0, count, 'read_committed'));
      expect(committed.size).toBe(count);
      return all.some((offset) => !committed.has(offset)) ? all : null;
    });
  });
});

function asBuffer(headers: IHeaders | undefined, name: string): Buffer {
  const value = headers?.[name];
  if (!Buffer.isBuffer(value)) throw new Error(`no header ${name}`);
  return value;
}

/** Offsets of the first records of a partition, as Kafka's console consumer sees them. */
async function offsetsOf(
  topic: string,
  partition: number,
  count: number,
  isolation: string,
): Promise<string[]> {
  const { stdout } = await platform.cli('org.apache.kafka.tools.consumer.ConsoleConsumer', [
    '--topic',
    topic,
    '--partition',
    String(partition),
    '--offset',
    'earliest',
    '--max-messages',
    String(count),
    '--timeout-ms',
    '20000',
    '--command-property',
    `isolation.level=${isolation}`,
    '--formatter-property',
    'print.offset=true',
    '--formatter-property',
    'print.value=false',
  ]);
  return stdout.match(/(?<=Offset:)\d+/g) ?? [];
}

/** The first records of a topic. */
async function readSome(topic: string, count: number): Promise<EachMessagePayload[]> {
  const consumer = kafka.consumer({ groupId: `workload-itest-${process.pid}` });
  const found: EachMessagePayload[] = [];
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({ autoCommit: false, eachMessage: async (payload) => void found.push(payload) });
    await until(`records of ${topic}`, async () => (found.length >= count ? true : null));
  } finally {
    await consumer.disconnect();
  }
  return found;
}
