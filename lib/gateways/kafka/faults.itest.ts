import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { fakeHarness } from '#lib/testing/fake-broker-harness.ts';
import { readReplicaSizes } from './describe-log-dirs.ts';
import { listAllGroups } from './list-groups.ts';
import { readOffsets } from './list-offsets.ts';
import { readMetadata } from './read-metadata.ts';

/** Brokers that hang, are slow or dead, as a real one cannot be made to be on purpose and on time (F1–F3). */

const metadataKey = 3;
/** What a call may take, and a connection: bounds that only waiting for a silent broker reaches. */
const deadlineMs = 10_000;
const connectMs = 5_000;
const { start, clientOf } = fakeHarness();

const elapsed = async (work: Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work.catch(() => undefined);
  return performance.now() - from;
};

describe('a broker that hangs (F2)', () => {
  it('costs its own cells only, within the deadline of the call', async () => {
    const { cluster, client } = await start();
    const metadata = await readMetadata(client);
    cluster.setAnswer((request, usual) => (request.broker === 2 ? 'hang' : { body: usual() }));
    const { columns, failures } = await readOffsets(client, metadata, 'end', { timeoutMs: 700 });
    expect(failures.map(({ broker }) => broker)).toEqual([2]);
    // The deadline falls on connecting or on the call, whichever the broker had got to.
    expect(failures[0]?.error.code).toMatch(/^kafka\.(connect-)?timeout$/);
    metadata.leader.forEach((leader, row) => {
      expect(columns.offsets[row]).toBe(
        leader === 2 ? -1n : 1_000_000n + BigInt(metadata.partition[row] as number),
      );
    });
  });

  it('fails a call on an open connection with its deadline, and the next call opens a new one', async () => {
    const { cluster, client } = await start({ brokers: 1 });
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
    silent.close();
  });

  it('delays "any broker" by a moment only', async () => {
    const { cluster, client } = await start();
    cluster.setAnswer((request, usual) => (request.broker === 1 ? 'hang' : { body: usual() }));
    expect(await elapsed(readMetadata(client))).toBeLessThan(deadlineMs);
  });

  it('falls silent on an open connection: another is asked for what any broker can answer', async () => {
    const { cluster, client } = await start({ brokers: 2 });
    await Promise.all([client.versions(1), client.versions(2)]);
    cluster.setAnswer((request, usual) =>
      request.apiKey === metadataKey && request.broker === 1 ? 'hang' : { body: usual() },
    );
    for (let i = 0; i < 4; i += 1) expect(await elapsed(readMetadata(client))).toBeLessThan(deadlineMs);
    await expect(readMetadata(client)).resolves.toBeDefined();
  });

  it('does not hold up another cluster', async () => {
    const { cluster, client } = await start({ brokers: 1 });
    await readMetadata(client);
    cluster.setAnswer(() => 'hang');
    const stuck = Promise.allSettled(
      Array.from({ length: 60 }, () => readMetadata(client, { timeoutMs: 1_500 })),
    );
    const { cluster: other } = await start({ brokers: 1 });
    try {
      await expect(
        Promise.race([stuck.then(() => 'after the stuck ones'), readMetadata(clientOf(other.bootstrap))]),
      ).resolves.not.toBe('after the stuck ones');
    } finally {
      await stuck;
    }
  });
});

describe('a broker that is slow', () => {
  it('is waited for, and an aborted call ends at once with the reason', async () => {
    const { cluster, client } = await start({ brokers: 1 });
    await client.connect();
    cluster.setAnswer((request, usual) => ({
      body: usual(),
      delayMs: request.apiKey === metadataKey ? 400 : 0,
    }));
    expect(await elapsed(readMetadata(client))).toBeGreaterThan(350);
    const abort = new AbortController();
    const reason = new Error('the page was left');
    setTimeout(() => abort.abort(reason), 50);
    await expect(readMetadata(client, { signal: abort.signal })).rejects.toBe(reason);
    await expect(readMetadata(client)).resolves.toBeDefined();
    expect(cluster.connections.length).toBe(1);
  });

  it('its throttle time is honoured before the next request, and told', async () => {
    const { cluster, client } = await start({ brokers: 1 });
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
  it('in the middle of a question that any can answer: another answers', async () => {
    const { cluster, client } = await start({ brokers: 2 });
    await Promise.all([client.versions(1), client.versions(2)]);
    cluster.setAnswer((request, usual) =>
      request.apiKey === metadataKey && request.broker === 1 ? 'close' : { body: usual() },
    );
    for (let i = 0; i < 4; i += 1) await expect(readMetadata(client)).resolves.toBeDefined();
  });

  it('costs its own cells only, at once', async () => {
    const { cluster, client } = await start();
    const metadata = await readMetadata(client);
    await cluster.kill(3);
    const from = performance.now();
    const [offsets, sizes, groups] = await Promise.all([
      readOffsets(client, metadata, 'end'),
      readReplicaSizes(client, metadata),
      listAllGroups(client),
    ]);
    expect(performance.now() - from).toBeLessThan(deadlineMs);
    for (const { failures } of [offsets, sizes, groups])
      expect(failures.map(({ broker }) => broker)).toEqual([3]);
    expect([...offsets.columns.offsets].filter((offset) => offset < 0n).length).toBe(
      metadata.leader.filter((leader) => leader === 3).length,
    );
    expect(groups.groups.length).toBe(2);
  });

  it('is not tried more than about once a second, rests after five failures, and is used again when it is back', async () => {
    const { cluster, client } = await start({ brokers: 1 });
    await client.connect();
    await cluster.kill(1);
    const codes = new Set<string>();
    const code = () =>
      readMetadata(client).then(
        () => 'ok',
        (error: { code: string }) => error.code,
      );
    await expect
      .poll(async () => codes.add(await code()), { timeout: 12_000, interval: 20 })
      .toContain('kafka.resting');
    expect([...codes].filter((one) => !/^kafka\.(connection-lost|refused|resting)$/.test(one))).toEqual([]);
    const [usage] = client.usage();
    expect(usage?.state).toBe('open');
    expect(usage?.connects).toBeLessThanOrEqual(8);
    await cluster.revive(1);
    expect(await elapsed(readMetadata(client))).toBeLessThan(connectMs);
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
