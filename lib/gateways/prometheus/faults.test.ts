import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '#lib/errors/app-error.ts';
import { sentences } from '#lib/errors/sentences.ts';
import type { ServerMetrics } from '#lib/model/cluster-sources.ts';
import { type FakeService, fakeService, faults, fetchLoopback } from '#lib/testing/fake-service.ts';
import { MetricsServer } from './query-server.ts';
import { scrapeEndpoint } from './scrape-endpoint.ts';

let service: FakeService;
afterEach(() => service.close());

const open = { allowHttp: true, auth: { kind: 'none' } } as const;
const options = { timeoutMs: 1_000, fetch: fetchLoopback };
const wordsOf = (error: unknown): string =>
  error instanceof AppError ? sentences[error.code].what(error.facts) : `no sentence: ${String(error)}`;

describe('a metrics endpoint that is not well (F4)', () => {
  it.each(faults)('%s is a sentence', async (_name, answer, words) => {
    service = await fakeService(answer);
    const failure = await scrapeEndpoint(open, {}, `${service.url}/metrics`, options).catch(wordsOf);
    expect(failure).toContain(words);
    expect(failure).toMatch(/^The metrics endpoint 127\.0\.0\.1:\d+ /);
  });

  it('with nothing that is a number is one', async () => {
    service = await fakeService((_request, response) => response.end('{"status":"up"}'));
    expect(await scrapeEndpoint(open, {}, service.url, options).catch(wordsOf)).toContain(
      'answered something that is no metrics text.',
    );
  });

  it('is signed in at', async () => {
    service = await fakeService((_request, response) => response.end('a 1\n'));
    await scrapeEndpoint(
      { ...open, auth: { kind: 'bearer' } },
      { metricsToken: 't0ken' },
      service.url,
      options,
    );
    const basic = { ...open, auth: { kind: 'basic', username: 'ana' } } as const;
    await scrapeEndpoint(basic, { metricsPassword: 'päss' }, service.url, options);
    expect(service.asked.map(({ authorization }) => authorization)).toEqual([
      'Bearer t0ken',
      `Basic ${Buffer.from('ana:päss').toString('base64')}`,
    ]);
  });

  it('of 5 MB does not hold up the process', async () => {
    const lines: string[] = [];
    for (let i = 0; lines.length < 45_000; i++)
      lines.push(
        `kafka_log_log_value{name="Size",topic="orders-${i}",partition="${i % 50}",} ${i * 1_000}.0`,
      );
    lines.push('kafka_server_brokertopicmetrics_count{name="BytesInPerSec",} 42.0');
    const body = `${lines.join('\n')}\n`.slice(-4_900_000);
    service = await fakeService((_request, response) => response.end(body));
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const { samples, readings } = await scrapeEndpoint(open, {}, service.url, {
      ...options,
      timeoutMs: 20_000,
    });
    clearInterval(timer);
    expect(samples).toBeGreaterThan(40_000);
    expect(readings).toMatchObject([{ kind: 'broker.net-in', value: 42 }]);
    expect(turns).toBeGreaterThan(5);
  });
});

describe('a metrics server that is not well (F4)', () => {
  const source = (url: string): ServerMetrics => ({
    ...{ kind: 'server', url, selector: 'job="kafka"', brokerLabel: 'instance', brokers: [] },
    ...open,
  });

  it.each(faults.filter(([name]) => name !== 'no answer'))(
    '%s is a sentence',
    async (_name, answer, words) => {
      service = await fakeService(answer);
      const server = new MetricsServer(source(service.url), {}, { fetch: fetchLoopback });
      expect(await server.names().catch(wordsOf)).toContain(words);
    },
  );

  it('that answers other JSON, or refuses a question, says so', async () => {
    service = await fakeService((_request, response) => response.end('{"data":{}}'));
    const server = new MetricsServer(source(service.url), {}, { fetch: fetchLoopback });
    expect(await server.names().catch(wordsOf)).toContain(
      'something else than the API of Prometheus describes',
    );
    service.answer = (_request, response) =>
      response.writeHead(400).end('{"status":"error","error":"parse error: unexpected end"}');
    expect(await server.names().catch(wordsOf)).toContain('HTTP 400: parse error: unexpected end.');
  });
});
