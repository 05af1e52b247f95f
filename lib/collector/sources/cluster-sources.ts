import { readSecrets } from '#lib/gateways/database/secrets.ts';
import type { ClusterSecrets } from '#lib/model/cluster.ts';
import type { ClusterRecord } from '#lib/model/cluster-record.ts';
import { snapshotOf } from '../collectors.ts';
import { offerPoints } from '../ticks.ts';
import { EndpointPoller, endpointEveryMs } from './poll-endpoints.ts';
import { forgetSource } from './source-health.ts';
import { SourceLoop } from './source-loop.ts';

/** Everything that is asked for one cluster beside Kafka, as its connection says; made anew when that changes. */
export class ClusterSources {
  readonly version: number;
  readonly #clusterId: string;
  readonly #loops: SourceLoop[] = [];

  constructor(cluster: ClusterRecord, secrets: ClusterSecrets) {
    this.#clusterId = cluster.id;
    this.version = cluster.version;
    const { metrics } = cluster.connection;
    if (metrics?.kind === 'endpoints') {
      const poller = new EndpointPoller(cluster.id, metrics, secrets);
      this.#loops.push(new SourceLoop(endpointEveryMs, (signal) => poller.poll(this.#brokers(), signal)));
    }
  }

  /** Opens the secrets of a cluster and starts what it names. */
  static async start(cluster: ClusterRecord): Promise<ClusterSources> {
    return new ClusterSources(cluster, await readSecrets('clusters', cluster.id));
  }

  /** Ends all loops, and takes back what they offered. */
  async stop(): Promise<void> {
    await Promise.all(this.#loops.map((loop) => loop.stop()));
    for (const source of ['metrics', 'canary', 'connect', 'certificates'] as const) {
      forgetSource(this.#clusterId, source);
      offerPoints(this.#clusterId, source, [], 0);
    }
  }

  #brokers(): { id: number; host: string }[] {
    return snapshotOf(this.#clusterId).metadata.value?.brokers ?? [];
  }
}
