import { createCluster } from '#lib/gateways/database/clusters.ts';
import type { NewCluster } from '#lib/model/cluster-record.ts';
import { stopSteps } from '#lib/process.ts';
import { platformHandle } from '#platform/handle.ts';
import { openTestDatabase } from './database.ts';
import { plaintextConnection, registryAt } from './kafka-client.ts';

/** A database of the suite's own in which the test platform is registered as a cluster. */
export type TestServices = {
  clusterId: string;
  /** Stops collectors and connections, then the database. */
  close: () => Promise<void>;
};

/** Opens what verbs need to run against the real cluster. Loopback is let through the egress guard. */
export async function openTestServices(cluster: Partial<NewCluster> = {}): Promise<TestServices> {
  process.env.MILLRACE_EGRESS_ALLOW = '127.0.0.0/8,::1';
  const database = await openTestDatabase();
  const { bootstrap, registryUrl } = platformHandle();
  const { id } = await createCluster({
    id: 'test',
    name: 'Test cluster',
    environment: 'production',
    readOnly: false,
    connection: { ...plaintextConnection(bootstrap), registry: registryAt(registryUrl) },
    secrets: {},
    ...cluster,
  });
  return {
    clusterId: id,
    close: async () => {
      for (const { stop } of stopSteps().splice(0).reverse()) await stop();
      await database.close();
    },
  };
}
