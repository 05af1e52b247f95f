import { z } from 'zod';
import {
  askServiceForJson,
  type FetchService,
  type ServiceAccess,
  unreadable,
} from '#lib/gateways/egress/ask-service.ts';
import type { ServerMetrics } from '#lib/model/cluster-sources.ts';
import type { SeriesKind } from '#lib/model/series-kinds.ts';
import { matchBroker } from './match-broker.ts';
import { BrokerReadings, isKnownName, type Reading, recognise } from './recognise.ts';
import type { MetricsSecrets } from './scrape-endpoint.ts';

/** What a server knows of the brokers now: rates and gauges, by broker id. */
export type ServerReadings = {
  brokers: Map<number, { kind: SeriesKind; value: number }[]>;
  /** Values of the label that no broker could be found for. */
  strangers: string[];
};

type Options = { signal?: AbortSignal | undefined; fetch?: FetchService | undefined };

const timeoutMs = 10_000;
/** How far back samples are asked for: two of a server that asks its targets every two minutes. */
const windowText = '5m';
/** Of a target that is gone a server still has old samples: what is older than the newest by this much is not told. */
const staleSeconds = 90;
const mostNames = 500;

const answeredNames = z.object({ data: z.array(z.string()) });
const answeredMatrix = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        values: z.array(z.tuple([z.number(), z.string()])),
      }),
    ),
  }),
});

/** A server that speaks Prometheus' HTTP API, asked for the series of one cluster. */
export class MetricsServer {
  readonly #source: ServerMetrics;
  readonly #access: ServiceAccess;
  readonly #base: string;
  readonly #signal: AbortSignal | undefined;

  constructor(source: ServerMetrics, secrets: MetricsSecrets, options: Options = {}) {
    this.#source = source;
    this.#base = source.url.replace(/\/+$/, '');
    this.#signal = options.signal;
    this.#access = {
      service: 'The metrics server',
      allowHttp: source.allowHttp,
      ca: source.ca,
      auth: source.auth,
      secrets: { password: secrets.metricsPassword, token: secrets.metricsToken },
      fetch: options.fetch,
    };
  }

  /**
   * The names among the cluster's series that say something we know.
   * @throws AppError as `askService` does, and `source.unreadable`
   */
  async names(): Promise<string[]> {
    const url = `${this.#base}/api/v1/label/__name__/values?match[]=${encodeURIComponent(`{${this.#source.selector}}`)}`;
    const parsed = answeredNames.safeParse(
      await askServiceForJson(this.#access, url, { timeoutMs, signal: this.#signal }),
    );
    if (!parsed.success) throw this.#unreadable(parsed.error);
    return parsed.data.data.filter(isKnownName).slice(0, mostNames);
  }

  /**
   * What these series say of each broker now. Rates are taken over the newest minutes, so that they do not depend on when the server asked
   * its targets.
   * @throws AppError as `names` does
   */
  async read(
    names: readonly string[],
    brokers: readonly { id: number; host: string }[],
  ): Promise<ServerReadings> {
    const found = new Map<number, BrokerReadings>();
    const strangers = new Set<string>();
    if (names.length === 0) return { brokers: new Map(), strangers: [] };
    const results = await this.#matrix(names);
    const newest = Math.max(0, ...results.map(({ values }) => values.at(-1)?.[0] ?? 0));
    for (const { metric, values } of results) {
      const last = values.at(-1);
      if (!last || newest - last[0] > staleSeconds) continue;
      const label = metric[this.#source.brokerLabel] ?? '';
      const broker = matchBroker(label, brokers, this.#source.brokers);
      if (broker === null) {
        strangers.add(label);
        continue;
      }
      let readings = found.get(broker);
      if (!readings) {
        readings = new BrokerReadings();
        found.set(broker, readings);
      }
      readings.add(readingOf(metric, values));
    }
    const told = [...found].map(
      ([id, readings]) => [id, readings.all().map(({ kind, value }) => ({ kind, value }))] as const,
    );
    return { brokers: new Map(told), strangers: [...strangers].sort() };
  }

  async #matrix(names: readonly string[]) {
    const matchers = [
      `__name__=~"${names.join('|')}"`,
      // Numbers of single topics, and of requests and quantiles that nobody shows, would be most of the answer.
      'topic=""',
      'request=~"|Produce|FetchConsumer|FetchFollower"',
      'quantile=~"|0.5|0.50|0.99"',
      this.#source.selector,
    ];
    const form = new URLSearchParams({ query: `{${matchers.join(',')}}[${windowText}]` });
    const url = `${this.#base}/api/v1/query`;
    const parsed = answeredMatrix.safeParse(
      await askServiceForJson(this.#access, url, { timeoutMs, signal: this.#signal, form }),
    );
    if (!parsed.success) throw this.#unreadable(parsed.error);
    return parsed.data.data.result;
  }

  #unreadable(cause: unknown) {
    return unreadable(this.#access, this.#base, 'something else than the API of Prometheus describes', cause);
  }
}

function readingOf(
  metric: Readonly<Record<string, string>>,
  values: readonly (readonly [number, string])[],
): Reading | null {
  const [, text] = values.at(-1)!;
  const labels = new Map(Object.entries(metric));
  const reading = recognise({ name: metric.__name__ ?? '', labels, value: Number(text) });
  if (reading?.how !== 'counter') return reading;
  const rate = rateOf(values);
  return rate === null ? null : { ...reading, how: 'gauge', value: rate * reading.scale };
}

/** What a count grew a second from the first sample to the last; where it fell it began anew at zero. */
function rateOf(values: readonly (readonly [number, string])[]): number | null {
  let grown = 0;
  for (let i = 1; i < values.length; i++) {
    const [before, now] = [Number(values[i - 1]![1]), Number(values[i]![1])];
    if (Number.isFinite(before) && Number.isFinite(now)) grown += now >= before ? now - before : now;
  }
  const seconds = values.length < 2 ? 0 : values.at(-1)![0] - values[0]![0];
  return seconds > 0 ? grown / seconds : null;
}
