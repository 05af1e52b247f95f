import { askService, type FetchService, unreadable, wordsFor } from '#lib/gateways/egress/ask-service.ts';
import type { ClusterSecrets } from '#lib/model/cluster.ts';
import type { EndpointMetrics } from '#lib/model/cluster-sources.ts';
import { readSamples } from './read-samples.ts';
import { BrokerReadings, isKnownName, type Reading, recognise } from './recognise.ts';

export type MetricsSecrets = Pick<ClusterSecrets, 'metricsPassword' | 'metricsToken'>;

/** What one broker's endpoint said, and when, by the monotonic clock in milliseconds. */
export type Scrape = { at: number; samples: number; readings: Reading[] };

/**
 * Asks the text endpoint of one broker. Nothing is kept of what is not known, so that an exporter that tells each partition costs time
 * and no memory.
 * @throws AppError as `askService` does, and `source.unreadable` when it is no such text
 */
export async function scrapeEndpoint(
  source: Pick<EndpointMetrics, 'allowHttp' | 'ca' | 'auth'>,
  secrets: MetricsSecrets,
  url: string,
  options: { timeoutMs: number; signal?: AbortSignal; fetch?: FetchService },
): Promise<Scrape> {
  const access = {
    service: 'The metrics endpoint',
    ...source,
    secrets: { password: secrets.metricsPassword, token: secrets.metricsToken },
    fetch: options.fetch,
  };
  const body = await askService(access, url, {
    accept: 'text/plain;version=0.0.4, application/openmetrics-text;version=1.0.0;q=0.5',
    timeoutMs: options.timeoutMs,
    signal: options.signal,
  });
  const at = performance.now();
  const readings = new BrokerReadings();
  const samples = await readSamples(body, isKnownName, (sample) => readings.add(recognise(sample)));
  if (samples === 0) throw unreadable(access, url, wordsFor(body, 'something that is no metrics text'));
  return { at, samples, readings: readings.all() };
}
