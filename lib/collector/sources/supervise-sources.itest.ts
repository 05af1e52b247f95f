import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCluster, updateCluster } from '#lib/gateways/database/clusters.ts';
import { ClusterConnection } from '#lib/model/cluster.ts';
import { plaintextConnection } from '#lib/testing/kafka-client.ts';
import { openTestServices, type TestServices } from '#lib/testing/services.ts';
import { platformHandle } from '#platform/handle.ts';
import { waitUntil } from '#platform/machine/wait.ts';
import { brokerIds } from '#platform/settings.ts';
import { offeredPoints } from '../ticks.ts';
import { connectorsOf } from './poll-connect.ts';
import { sourceProblem } from './source-problem.ts';
import { superviseSources } from './supervise-sources.ts';

const platform = platformHandle();
const open = { allowHttp: true, auth: { kind: 'none' } };
const plain = plaintextConnection(platform.bootstrap);
const nobody = `http://127.0.0.1:${platform.settings.basePort + 99}`;
const brokers = platform.jmxUrls.map((url, i) => ({ broker: brokerIds[i], url }));
let services: TestServices;

beforeAll(async () => {
  const beside = {
    metrics: { kind: 'endpoints', brokers, ...open },
    connect: { urls: [platform.connectUrl], ...open },
  };
  services = await openTestServices({ connection: ClusterConnection.parse({ ...plain, ...beside }) });
});
afterAll(() => services.close());

const has = (kind: string) => offeredPoints(services.clusterId).some((point) => point.kind === kind);

async function change(beside: object): Promise<void> {
  const { version } = (await readCluster(services.clusterId))!;
  await updateCluster(services.clusterId, version, {
    connection: ClusterConnection.parse({ ...plain, ...beside }),
  });
  await superviseSources();
}

describe('the sources of a cluster', () => {
  it('are asked as its connection says', async () => {
    expect(sourceProblem(services.clusterId, 'endpoint')).toBeNull();
    await superviseSources();
    expect(await waitUntil(async () => has('broker.heap'), { timeoutMs: 20_000 })).toBe(true);
    const isTold = async () => connectorsOf(services.clusterId) !== null;
    expect(await waitUntil(isTold, { timeoutMs: 20_000 })).toBe(true);
    expect(sourceProblem(services.clusterId, 'endpoint')).toBeNull();
    expect(sourceProblem(services.clusterId, 'connect')).toBeNull();
    expect(sourceProblem(services.clusterId, 'canary')).toMatch('switch it on');
  });

  it('that fail say why', async () => {
    await change({ connect: { urls: [nobody], ...open } });
    const isSaid = async () => sourceProblem(services.clusterId, 'connect') !== null;
    expect(await waitUntil(isSaid, { timeoutMs: 20_000 })).toBe(true);
    expect(sourceProblem(services.clusterId, 'connect')).toMatch(
      /it refused the connection\. Check that it runs/,
    );
  });

  it('that were switched off tell nothing more', async () => {
    await change({});
    expect(has('broker.heap')).toBe(false);
    expect(connectorsOf(services.clusterId)).toBeNull();
    expect(sourceProblem(services.clusterId, 'endpoint')).toMatch('Needs a metrics endpoint');
    expect(sourceProblem(services.clusterId, 'connect')).toMatch('Needs Kafka Connect');
  });
});
