import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeCluster, type FakeSettings, frameOf, startFakeCluster } from '#lib/testing/fake-broker.ts';
import { topicName } from '#lib/testing/fake-broker-answers.ts';
import { createKafkaClient, type KafkaClient } from './client.ts';
import { readReplicaSizes } from './describe-log-dirs.ts';
import { listAllGroups } from './list-groups.ts';
import { readOffsets } from './list-offsets.ts';
import { readMetadata } from './read-metadata.ts';
import { testConnection } from './test-connection.ts';

/** Faults that a real broker cannot be made to have: it hangs, it is slow, it sends nonsense, it lies. */

const metadataKey = 3;
const listOffsetsKey = 2;
let cluster: FakeCluster;
const clients: KafkaClient[] = [];
const unhandled: unknown[] = [];
const onUnhandled = (error: unknown) => unhandled.push(error);

beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', onUnhandled);
  process.on('uncaughtExceptionMonitor', onUnhandled);
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await cluster?.stop();
  process.off('unhandledRejection', onUnhandled);
  process.off('uncaughtExceptionMonitor', onUnhandled);
  expect(unhandled).toEqual([]);
});

async function start(settings: FakeSettings = {}): Promise<KafkaClient> {
  cluster = await startFakeCluster(settings);
  return clientOf(cluster.bootstrap);
}

function clientOf(
  bootstrap: { host: string; port: number }[],
  checkAddress = async (host: string) => ({ address: host }),
) {
  const client = createKafkaClient({
    name: 'fake',
    connection: { bootstrap, tls: { enabled: false }, sasl: { mechanism: 'none' } },
    secrets: {},
    checkAddress,
  });
  clients.push(client);
  return client;
}

const elapsed = async (work: Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work.catch(() => undefined);
  return performance.now() - from;
};

describe('a broker that hangs (F2)', () => {
  it('costs its own cells only, within the deadline of the call', async () => {
    const client = await start();
    const metadata = await readMetadata(client);
    cluster.setAnswer((request, usual) => (request.broker === 2 ? 'hang' : { body: usual() }));
    const from = performance.now();
    const { columns, failures } = await readOffsets(client, metadata, 'end', { timeoutMs: 700 });
    expect(performance.now() - from).toBeLessThan(2_000);
    expect(failures.map(({ broker, error }) => [broker, error.code])).toEqual([[2, 'kafka.connect-timeout']]);
    metadata.leader.forEach((leader, row) => {
      expect(columns.offsets[row]).toBe(
        leader === 2 ? -1n : 1_000_000n + BigInt(metadata.partition[row] as number),
      );
    });
  });

  it('fails a call on an open connection with its deadline, and the next call opens a new one', async () => {
    const client = await start({ brokers: 1 });
    await readMetadata(client);
    cluster.setAnswer((request, usual) => (request.apiKey === metadataKey ? 'hang' : { body: usual() }));
    await expect(readMetadata(client, { timeoutMs: 300 })).rejects.toMatchObject({
      code: 'kafka.timeout',
      facts: { api: 'Metadata', timeoutMs: 300 },
    });
    cluster.setAnswer(undefined);
    await expect.poll(() => readMetadata(client).then((m) => m.names.length), { timeout: 5_000 }).toBe(3);
    expect(cluster.connections.length).toBe(2);
  });

  it('a broker that accepts and stays silent is given up after 5 s of connecting', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const client = clientOf([{ host: '127.0.0.1', port }]);
    const from = performance.now();
    await expect(readMetadata(client)).rejects.toMatchObject({ code: 'kafka.connect-timeout' });
    expect(performance.now() - from).toBeGreaterThan(4_800);
    expect(performance.now() - from).toBeLessThan(6_500);
    silent.close();
  });

  it('delays "any broker" by a moment only', async () => {
    const client = await start();
    cluster.setAnswer((request, usual) => (request.broker === 1 ? 'hang' : { body: usual() }));
    expect(await elapsed(readMetadata(client))).toBeLessThan(1_500);
  });

  it('does not hold up another cluster', async () => {
    const client = await start({ brokers: 1 });
    await readMetadata(client);
    cluster.setAnswer(() => 'hang');
    const stuck = Promise.allSettled(
      Array.from({ length: 60 }, () => readMetadata(client, { timeoutMs: 1_500 })),
    );
    const other = await startFakeCluster({ brokers: 1 });
    try {
      expect(await elapsed(readMetadata(clientOf(other.bootstrap)))).toBeLessThan(1_000);
    } finally {
      await stuck;
      await other.stop();
    }
  });
});

describe('a broker that is slow', () => {
  it('is waited for, and an aborted call ends at once with the reason', async () => {
    const client = await start({ brokers: 1 });
    await client.connect();
    cluster.setAnswer((request, usual) => ({
      body: usual(),
      delayMs: request.apiKey === metadataKey ? 400 : 0,
    }));
    expect(await elapsed(readMetadata(client))).toBeGreaterThan(350);
    const abort = new AbortController();
    const reason = new Error('the page was left');
    setTimeout(() => abort.abort(reason), 50);
    const from = performance.now();
    await expect(readMetadata(client, { signal: abort.signal })).rejects.toBe(reason);
    expect(performance.now() - from).toBeLessThan(300);
    await expect(readMetadata(client)).resolves.toBeDefined();
    expect(cluster.connections.length).toBe(1);
  });

  it('its throttle time is honoured before the next request, and told', async () => {
    const client = await start({ brokers: 1 });
    const throttled: number[] = [];
    client.onEvent((event) => event.type === 'throttled' && throttled.push(event.throttleMs));
    await client.connect();
    cluster.setAnswer((request, usual) => {
      const body = Buffer.from(usual());
      if (request.apiKey === metadataKey) body.writeInt32BE(400, 0);
      return { body };
    });
    await readMetadata(client);
    expect(throttled).toEqual([400]);
    expect(await elapsed(readMetadata(client))).toBeGreaterThan(350);
    await readMetadata(client);
    await expect(readMetadata(client, { timeoutMs: 100 })).rejects.toMatchObject({ code: 'kafka.throttled' });
  });
});

describe('a broker that is dead (F1, F3)', () => {
  it('costs its own cells only, at once', async () => {
    const client = await start();
    const metadata = await readMetadata(client);
    await cluster.kill(3);
    const from = performance.now();
    const [offsets, sizes, groups] = await Promise.all([
      readOffsets(client, metadata, 'end'),
      readReplicaSizes(client, metadata),
      listAllGroups(client),
    ]);
    expect(performance.now() - from).toBeLessThan(500);
    for (const { failures } of [offsets, sizes, groups])
      expect(failures.map(({ broker }) => broker)).toEqual([3]);
    expect([...offsets.columns.offsets].filter((offset) => offset < 0n).length).toBe(
      metadata.leader.filter((leader) => leader === 3).length,
    );
    expect(groups.groups.length).toBe(2);
  });

  it('is not tried more than about once a second, rests after five failures, and is used again when it is back', async () => {
    const client = await start({ brokers: 1 });
    await client.connect();
    await cluster.kill(1);
    const codes = new Set<string>();
    const until = performance.now() + 9_000;
    while (performance.now() < until && !codes.has('kafka.resting')) {
      await readMetadata(client).catch((error: { code: string }) => codes.add(error.code));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect([...codes].sort()).toEqual(
      ['kafka.connection-lost', 'kafka.refused', 'kafka.resting'].filter((c) => codes.has(c)),
    );
    expect(codes).toContain('kafka.resting');
    const [usage] = client.usage();
    expect(usage?.state).toBe('open');
    expect(usage?.connects).toBeLessThanOrEqual(8);
    await cluster.revive(1);
    expect(await elapsed(readMetadata(client))).toBeLessThan(50);
    client.learn({ brokers: [], clusterId: null, controllerId: -1 });
    client.learn({
      brokers: [{ id: 1, ...(cluster.bootstrap[0] as { host: string; port: number }), rack: null }],
      clusterId: null,
      controllerId: 1,
    });
    await expect(readMetadata(client)).resolves.toBeDefined();
    expect(client.usage()[0]?.state).toBe('closed');
  });
});

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
    const client = await start({ brokers: 1 });
    await client.connect();
    cluster.setAnswer((request, usual) =>
      request.apiKey === metadataKey ? { raw: make(frameOf(request, usual())) } : { body: usual() },
    );
    await expect(readMetadata(client, { timeoutMs: 2_000 })).rejects.toMatchObject({ code });
  });

  it('a body that is cut, and one that counts more than it holds, hurt that answer alone', async () => {
    const client = await start();
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
    const client = await start({ brokers: 1 });
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
    cluster = await startFakeCluster({ brokers: 1, addresses: [{ host: '169.254.169.254', port: 9_092 }] });
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
    cluster = await startFakeCluster({ brokers: 1, addresses: [{ host: '127.0.0.1', port: 1 }] });
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
    const client = await start({ brokers: 1 });
    const { describeQuorum } = await import('./describe-quorum.ts');
    await expect(describeQuorum(client)).rejects.toMatchObject({
      code: 'kafka.unsupported',
      facts: { api: 'DescribeQuorum' },
    });
  });

  it('a single broken topic does not reject the cluster', async () => {
    const client = await start({ brokers: 1 });
    const metadata = await readMetadata(client, { topics: [topicName(0), 'nowhere'] });
    expect(metadata.names).toEqual(['nowhere', topicName(0)]);
    expect([...metadata.topicError]).toEqual([3, 0]);
  });
});
