import type { FetchService } from '#lib/gateways/egress/ask-service.ts';
import { type MetricsSecrets, scrapeEndpoint } from '#lib/gateways/prometheus/scrape-endpoint.ts';
import { type EndpointMetrics, endpointOf } from '#lib/model/cluster-sources.ts';
import { offerPoints, type SamplePoint } from '../ticks.ts';
import { CounterRates } from './counter-rates.ts';
import { keepParts, noteSource } from './source-health.ts';

/** A scrape costs the broker about a tenth of a second of work: not on every tick. */
export const endpointEveryMs = 10_000;
const timeoutMs = 8_000;
const atOnce = 8;

type Broker = { id: number; host: string };

/** Asks the endpoints of a cluster's brokers, turn by turn, and offers what they tell. */
export class EndpointPoller {
  readonly #clusterId: string;
  readonly #source: EndpointMetrics;
  readonly #secrets: MetricsSecrets;
  readonly #fetch: FetchService | undefined;
  readonly #rates = new Map<number, CounterRates>();

  constructor(clusterId: string, source: EndpointMetrics, secrets: MetricsSecrets, fetch?: FetchService) {
    this.#clusterId = clusterId;
    this.#source = source;
    this.#secrets = secrets;
    this.#fetch = fetch;
  }

  /** One turn. A broker whose endpoint fails costs its own numbers only. */
  async poll(brokers: readonly Broker[], signal: AbortSignal): Promise<void> {
    const asked = this.#urls(brokers);
    for (const id of this.#rates.keys()) if (!asked.has(id)) this.#rates.delete(id);
    keepParts(this.#clusterId, 'metrics', new Set([...asked.keys()].map(String)));
    const points: SamplePoint[] = [];
    const waiting = [...asked];
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift())
        points.push(...(await this.#ask(...next, signal)));
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, waiting.length) }, worker));
    if (!signal.aborted) offerPoints(this.#clusterId, 'metrics', points, endpointEveryMs * 3);
  }

  #urls(brokers: readonly Broker[]): Map<number, string> {
    const { template } = this.#source;
    const urls = new Map<number, string>();
    if (template !== undefined)
      for (const broker of brokers) urls.set(broker.id, endpointOf(template, broker));
    for (const { broker, url } of this.#source.brokers) urls.set(broker, url);
    return urls;
  }

  async #ask(broker: number, url: string, signal: AbortSignal): Promise<SamplePoint[]> {
    try {
      const { at, readings } = await scrapeEndpoint(this.#source, this.#secrets, url, {
        timeoutMs,
        signal,
        ...(this.#fetch ? { fetch: this.#fetch } : {}),
      });
      noteSource(this.#clusterId, 'metrics', String(broker), null);
      let rates = this.#rates.get(broker);
      if (!rates) {
        rates = new CounterRates();
        this.#rates.set(broker, rates);
      }
      return rates.take(readings, at).map((known) => ({ ...known, name: String(broker) }));
    } catch (error) {
      if (!signal.aborted) noteSource(this.#clusterId, 'metrics', String(broker), error);
      return [];
    }
  }
}
