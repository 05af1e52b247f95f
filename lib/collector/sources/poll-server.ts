import type { FetchService } from '#lib/gateways/egress/ask-service.ts';
import { MetricsServer } from '#lib/gateways/prometheus/query-server.ts';
import type { MetricsSecrets } from '#lib/gateways/prometheus/scrape-endpoint.ts';
import type { ServerMetrics } from '#lib/model/cluster-sources.ts';
import { offerPoints } from '../ticks.ts';
import { noteSource } from './source-health.ts';

/** Servers ask their targets every 15 to 60 s: there is nothing newer before. */
export const serverEveryMs = 15_000;
/** Which names there are changes with the rules of the exporters only. */
const namesForMs = 10 * 60_000;

/** Asks a metrics server for the numbers of a cluster's brokers, turn by turn, and offers what it tells. */
export class ServerPoller {
  readonly #clusterId: string;
  readonly #source: ServerMetrics;
  readonly #secrets: MetricsSecrets;
  readonly #fetch: FetchService | undefined;
  #names: { known: string[]; at: number } | null = null;

  constructor(clusterId: string, source: ServerMetrics, secrets: MetricsSecrets, fetch?: FetchService) {
    this.#clusterId = clusterId;
    this.#source = source;
    this.#secrets = secrets;
    this.#fetch = fetch;
  }

  /** One turn. */
  async poll(brokers: readonly { id: number; host: string }[], signal: AbortSignal): Promise<void> {
    try {
      const server = new MetricsServer(this.#source, this.#secrets, { signal, fetch: this.#fetch });
      const now = performance.now();
      if (!this.#names || this.#names.known.length === 0 || now - this.#names.at > namesForMs)
        this.#names = { known: await server.names(), at: now };
      const told = await server.read(this.#names.known, brokers);
      const points = [...told.brokers].flatMap(([id, readings]) =>
        readings.map((reading) => ({ ...reading, name: String(id) })),
      );
      offerPoints(this.#clusterId, 'metrics', points, serverEveryMs * 3);
      noteSource(this.#clusterId, 'metrics', '', null);
    } catch (error) {
      if (!signal.aborted) noteSource(this.#clusterId, 'metrics', '', error);
    }
  }
}
