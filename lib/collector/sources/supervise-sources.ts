import { listClusters } from '#lib/gateways/database/clusters.ts';
import { log } from '#lib/log.ts';
import type { ClusterRecord } from '#lib/model/cluster-record.ts';
import { onStop, registry } from '#lib/process.ts';
import { ClusterSources } from './cluster-sources.ts';
import { SourceLoop } from './source-loop.ts';

/** How often is looked whether another instance changed a cluster. */
const lookEveryMs = 15_000;

class SourceSupervisor {
  readonly #running = new Map<string, ClusterSources>();
  /** Why the sources of a cluster could not be started: the log hears of it once. */
  readonly #refused = new Map<string, string>();
  #loop: SourceLoop | null = null;
  #turn: Promise<void> = Promise.resolve();

  /** Starts, restarts and stops sources until they are what the clusters say. Calls come one after another. */
  follow(read: () => Promise<readonly ClusterRecord[]>): Promise<void> {
    this.#turn = this.#turn
      .then(() => this.#follow(read))
      .catch((error) => {
        log.warn('sources.not-followed', { error });
      });
    return this.#turn;
  }

  /** Looks again from time to time. */
  start(): void {
    this.#loop ??= new SourceLoop(lookEveryMs, () => this.follow(listClusters));
  }

  async stop(): Promise<void> {
    await this.#loop?.stop();
    await this.#turn;
    await Promise.all([...this.#running.values()].map((sources) => sources.stop()));
    this.#running.clear();
  }

  /** The cluster as its sources know it; null while they have not been started. */
  clusterOf(id: string): ClusterRecord | null {
    return this.#running.get(id)?.cluster ?? null;
  }

  async #follow(read: () => Promise<readonly ClusterRecord[]>): Promise<void> {
    const clusters = await read();
    const wanted = new Map(clusters.map((cluster) => [cluster.id, cluster]));
    for (const [id, sources] of this.#running) {
      if (wanted.get(id)?.version === sources.cluster.version) continue;
      this.#running.delete(id);
      await sources.stop();
    }
    for (const cluster of wanted.values()) if (!this.#running.has(cluster.id)) await this.#begin(cluster);
  }

  /** A cluster whose secrets cannot be opened has no sources until the next look; the others have theirs. */
  async #begin(cluster: ClusterRecord): Promise<void> {
    try {
      this.#running.set(cluster.id, await ClusterSources.start(cluster));
      this.#refused.delete(cluster.id);
    } catch (error) {
      const reason = String(error);
      if (this.#refused.get(cluster.id) === reason) return;
      this.#refused.set(cluster.id, reason);
      log.warn('sources.not-started', { cluster: cluster.id, error });
    }
  }
}

const supervisor = (): SourceSupervisor =>
  registry('source-supervisor', () => {
    const made = new SourceSupervisor();
    onStop('sampling', 'sources', () => made.stop());
    made.start();
    return made;
  });

/** Makes the sources of all clusters what their connections say, now and from time to time. */
export const superviseSources = (): Promise<void> => supervisor().follow(listClusters);

/** How the sources of a cluster were set when they were started; null before that. */
export const sourcesSetFor = (clusterId: string): ClusterRecord['connection'] | null =>
  supervisor().clusterOf(clusterId)?.connection ?? null;
