import { setTimeout as after } from 'node:timers/promises';
import { env } from '#lib/env.ts';
import { readSecrets } from '#lib/gateways/database/secrets.ts';
import { checkAddress } from '#lib/gateways/egress/check-address.ts';
import { createKafkaClient } from '#lib/gateways/kafka/client.ts';
import type { ClusterSecrets } from '#lib/model/cluster.ts';
import type { ClusterRecord } from '#lib/model/cluster-record.ts';
import type { BrokerAddress } from '#lib/model/columns.ts';
import { Canary } from '../canary/canary.ts';
import { snapshotOf } from '../collectors.ts';
import { holdsLease } from '../keep-lease.ts';
import { offerPoints } from '../ticks.ts';
import { certificatesEveryMs, checkCertificates, forgetCertificates } from './check-certificates.ts';
import { readDiskHistory } from './disk-history.ts';
import { Disks } from './disk-points.ts';
import { connectEveryMs, forgetConnectors, pollConnect } from './poll-connect.ts';
import { EndpointPoller, endpointEveryMs } from './poll-endpoints.ts';
import { ServerPoller, serverEveryMs } from './poll-server.ts';
import { forgetSource } from './source-health.ts';
import { SourceLoop } from './source-loop.ts';

const disksEveryMs = 10_000;
/** Brokers are asked for their log dirs more rarely than that; without an answer for this long, nothing is known. */
const disksForMs = 5 * 60_000;

/** Everything that is asked for one cluster beside what the collector reads, as its connection says; made anew when that changes. */
export class ClusterSources {
  readonly cluster: ClusterRecord;
  readonly #loops: SourceLoop[] = [];
  #canary: Canary | null = null;
  #hasDiskHistory = false;

  constructor(cluster: ClusterRecord, secrets: ClusterSecrets) {
    this.cluster = cluster;
    const { id, connection } = cluster;
    const { metrics, connect } = connection;
    const disks = new Disks();
    this.#repeat(disksEveryMs, () => this.#offerDisks(disks));
    if (metrics?.kind === 'endpoints') {
      const poller = new EndpointPoller(id, metrics, secrets);
      const isByTemplate = metrics.template !== undefined;
      this.#repeat(endpointEveryMs, async (signal) =>
        poller.poll(isByTemplate ? await this.#brokers(signal) : [], signal),
      );
    }
    if (metrics?.kind === 'server') {
      const poller = new ServerPoller(id, metrics, secrets);
      this.#repeat(serverEveryMs, async (signal) => poller.poll(await this.#brokers(signal), signal));
    }
    if (connection.canary) {
      const client = createKafkaClient({
        name: id,
        connection,
        secrets,
        checkAddress,
        isReadOnly: () => env().MILLRACE_READ_ONLY || cluster.readOnly,
      });
      const canary = new Canary(id, connection.canary, client, () => holdsLease(`history:${id}`));
      this.#canary = canary;
      this.#repeat(canary.everyMs, (signal) => canary.turn(signal));
    }
    if (connect) this.#repeat(connectEveryMs, (signal) => pollConnect(id, connect, secrets, signal));
    if (connection.tls.enabled) {
      this.#repeat(certificatesEveryMs, async (signal) =>
        checkCertificates(id, connection, secrets, await this.#brokers(signal), signal),
      );
    }
  }

  /** Opens the secrets of a cluster and starts what it names. */
  static async start(cluster: ClusterRecord): Promise<ClusterSources> {
    return new ClusterSources(cluster, await readSecrets('clusters', cluster.id));
  }

  /** Ends all loops, and takes back what they offered. */
  async stop(): Promise<void> {
    await Promise.all(this.#loops.map((loop) => loop.stop()));
    await this.#canary?.close();
    const { id } = this.cluster;
    for (const source of ['metrics', 'canary', 'connect', 'certificates'] as const) {
      forgetSource(id, source);
      offerPoints(id, source, [], 0);
    }
    forgetConnectors(id);
    forgetCertificates(id);
  }

  #repeat(everyMs: number, turn: (signal: AbortSignal) => Promise<void>): void {
    this.#loops.push(new SourceLoop(everyMs, turn));
  }

  /** The brokers of the newest sample; waits for the first. */
  async #brokers(signal: AbortSignal): Promise<readonly BrokerAddress[]> {
    for (;;) {
      const brokers = snapshotOf(this.cluster.id).metadata.value?.brokers;
      if (brokers) return brokers;
      await after(500, undefined, { signal, ref: false });
    }
  }

  async #offerDisks(disks: Disks): Promise<void> {
    const { value, at } = snapshotOf(this.cluster.id).sizes;
    if (!value || at === null || Date.now() - at > disksForMs) return;
    if (!this.#hasDiskHistory) {
      this.#hasDiskHistory = true;
      const brokers = [...new Set(value.logDirs.map(({ broker }) => broker))];
      disks.remember(value.logDirs, await readDiskHistory(this.cluster.id, brokers));
    }
    offerPoints(this.cluster.id, 'disks', disks.points(value.logDirs, at), disksEveryMs * 3);
  }
}
