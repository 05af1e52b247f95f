import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { parseAllowList } from '#lib/gateways/egress/address-rules.ts';
import { checkAddress } from '#lib/gateways/egress/check-address.ts';
import { type FakeCluster, startFakeCluster } from '#lib/testing/fake-broker.ts';
import { createKafkaClient, type KafkaClient } from './client.ts';
import { readOffsets } from './list-offsets.ts';
import { readMetadata } from './read-metadata.ts';

/** A cluster whose metadata points inside: the guard is asked about every broker before a byte is sent to it (R20). */

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const allow = parseAllowList('127.0.0.0/8');

function clientOf(cluster: FakeCluster, allowed = allow): KafkaClient {
  const client = createKafkaClient({
    name: 'lying',
    connection: { bootstrap: cluster.bootstrap, tls: { enabled: false }, sasl: { mechanism: 'none' } },
    secrets: {},
    checkAddress: (host, port) => checkAddress(host, port, { allow: allowed }),
  });
  closing.push(() => client.close());
  return client;
}

async function lying(host: string, port: number): Promise<FakeCluster> {
  const cluster = await startFakeCluster({ brokers: 1, addresses: [{ host, port }] });
  closing.push(() => cluster.stop());
  return cluster;
}

describe('R20 brokers advertised by metadata', () => {
  it.each([
    '169.254.169.254',
    '::ffff:169.254.169.254',
    'fd00:ec2::254',
    '0.0.0.0',
    '2852039166',
    '0251.0376.0251.0376',
  ])('%s is not connected to', async (host) => {
    const client = clientOf(await lying(host, 80));
    const { failures } = await readOffsets(client, await readMetadata(client), 'end');
    expect(failures).toHaveLength(1);
    expect(failures[0]?.error).toMatchObject({ code: 'egress.refused' });
  });

  it('a port of this machine that is not on the list gets nothing, not even a connection', async () => {
    let connections = 0;
    const inside: Server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((ready) => inside.listen(0, '127.0.0.1', ready));
    closing.push(() => inside.close());
    const { port } = inside.address() as { port: number };
    const cluster = await lying('127.0.0.1', port);
    const bootstrapPort = cluster.bootstrap[0]?.port ?? 0;
    const client = clientOf(cluster, parseAllowList(`127.0.0.0/8:${bootstrapPort}`));
    const { failures } = await readOffsets(client, await readMetadata(client), 'end');
    expect(failures[0]?.error).toMatchObject({ code: 'egress.refused' });
    expect(connections).toBe(0);
  });
});
