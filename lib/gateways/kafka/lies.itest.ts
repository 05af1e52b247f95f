import { describe, expect, it } from 'vitest';
import { frameOf } from '#lib/testing/fake-broker.ts';
import { topicName } from '#lib/testing/fake-broker-answers.ts';
import { fakeHarness } from '#lib/testing/fake-broker-harness.ts';
import { describeQuorum } from './describe-quorum.ts';
import { readOffsets } from './list-offsets.ts';
import { readMetadata } from './read-metadata.ts';
import { testConnection } from './test-connection.ts';

/** Brokers that send nonsense or lie. */

const metadataKey = 3;
const listOffsetsKey = 2;
const { start, clientOf } = fakeHarness();

describe('a broker that sends nonsense', () => {
  const broken: [string, (frame: Buffer) => Buffer, string][] = [
    ['a frame of 2 GB', () => Buffer.from([0x7f, 0xff, 0xff, 0xff]), 'kafka.bad-frame'],
    ['a negative size', () => Buffer.from([0xff, 0xff, 0xff, 0xf0]), 'kafka.bad-frame'],
    ['HTTP', () => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), 'kafka.not-kafka'],
    [
      'an answer to another question',
      (frame) => Buffer.concat([frame.subarray(0, 4), Buffer.from([0, 9, 9, 9]), frame.subarray(8)]),
      'kafka.bad-frame',
    ],
  ];
  it.each(broken)('%s ends the call with a sentence', async (_name, make, code) => {
    const { cluster, client } = await start({ brokers: 1 });
    await client.connect();
    cluster.setAnswer((request, usual) =>
      request.apiKey === metadataKey ? { raw: make(frameOf(request, usual())) } : { body: usual() },
    );
    await expect(readMetadata(client, { timeoutMs: 2_000 })).rejects.toMatchObject({ code });
  });

  it('a body that is cut, and one that counts more than it holds, hurt that answer alone', async () => {
    const { cluster, client } = await start();
    const metadata = await readMetadata(client);
    cluster.setAnswer((request, usual) => {
      if (request.apiKey !== listOffsetsKey || request.broker === 1) return { body: usual() };
      const body = usual();
      if (request.broker === 2) return { body: body.subarray(0, body.length - 9) };
      return {
        body: Buffer.concat([
          body.subarray(0, 4),
          Buffer.from([0xff, 0xff, 0xff, 0xff, 0x07]),
          body.subarray(5),
        ]),
      };
    });
    const { columns, failures } = await readOffsets(client, metadata, 'end');
    expect(failures.map(({ broker, error }) => [broker, error.code]).sort()).toEqual([
      [2, 'kafka.bad-frame'],
      [3, 'kafka.bad-frame'],
    ]);
    metadata.leader.forEach((leader, row) => {
      if (leader === 1) expect(columns.offsets[row]).toBeGreaterThan(0n);
    });
  });

  it('random bytes never leave as an exception of the socket', async () => {
    const { cluster, client } = await start({ brokers: 1 });
    await client.connect();
    let seed = 7;
    cluster.setAnswer((request, usual) => {
      if (request.apiKey !== metadataKey) return { body: usual() };
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      const body = Buffer.from(usual());
      for (let i = 0; i < 8; i += 1)
        body[4 + ((seed + i * 7_919) % (body.length - 4))] = (seed >> (i % 20)) & 0xff;
      return { body };
    });
    for (let i = 0; i < 60; i += 1) await readMetadata(client, { timeoutMs: 500 }).catch(() => undefined);
    cluster.setAnswer(undefined);
    await expect
      .poll(
        () =>
          readMetadata(client).then(
            () => 'answers',
            (e: { code: string }) => e.code,
          ),
        { timeout: 45_000 },
      )
      .toBe('answers');
  }, 60_000);
});

describe('a broker that lies', () => {
  it('is not followed to an address that the guard refuses (R20)', async () => {
    const { cluster } = await start({ brokers: 1, addresses: [{ host: '169.254.169.254', port: 9_092 }] });
    const asked: string[] = [];
    const client = clientOf(cluster.bootstrap, async (host) => {
      asked.push(host);
      if (host.startsWith('169.254.')) throw Object.assign(new Error('refused'), { code: 'EHOSTUNREACH' });
      return { address: host };
    });
    const metadata = await readMetadata(client);
    const { failures } = await readOffsets(client, metadata, 'end');
    expect(failures.map(({ broker }) => broker)).toEqual([1]);
    expect(asked).toContain('169.254.169.254');
    expect(cluster.requests.some((request) => request.apiKey === listOffsetsKey)).toBe(false);
  });

  it('an advertised address that does not answer is named by the connection test', async () => {
    const { cluster } = await start({ brokers: 1, addresses: [{ host: '127.0.0.1', port: 1 }] });
    const result = await testConnection({
      connection: { bootstrap: cluster.bootstrap, tls: { enabled: false }, sasl: { mechanism: 'none' } },
      secrets: {},
      checkAddress: async (host) => ({ address: host }),
    });
    expect(result.ok).toBe(false);
    expect(result.steps.at(-1)).toMatchObject({
      name: 'brokers',
      outcome: 'failed',
      code: 'kafka.advertised-unreachable',
    });
    expect(result.steps.at(-1)?.sentence).toContain('127.0.0.1:1');
  });

  it('says what it does not offer with the API and the versions', async () => {
    const { client } = await start({ brokers: 1 });
    await expect(describeQuorum(client)).rejects.toMatchObject({
      code: 'kafka.unsupported',
      facts: { api: 'DescribeQuorum' },
    });
  });

  it('a single broken topic does not reject the cluster', async () => {
    const { client } = await start({ brokers: 1 });
    const metadata = await readMetadata(client, { topics: [topicName(0), 'nowhere'] });
    expect(metadata.names).toEqual(['nowhere', topicName(0)]);
    expect([...metadata.topicError]).toEqual([3, 0]);
  });
});
