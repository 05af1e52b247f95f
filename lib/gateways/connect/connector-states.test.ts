import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '#lib/errors/app-error.ts';
import { sentences } from '#lib/errors/sentences.ts';
import {
  type FakeAnswer,
  type FakeService,
  fakeService,
  faults,
  fetchLoopback,
} from '#lib/testing/fake-service.ts';
import { readConnectorStates } from './connector-states.ts';

const services: FakeService[] = [];
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.close()));
});

const worker = async (answer: FakeAnswer) => {
  const service = await fakeService(answer);
  services.push(service);
  return service;
};
const read = (...urls: string[]) =>
  readConnectorStates(
    { urls, allowHttp: true, auth: { kind: 'none' } },
    {},
    { fetch: fetchLoopback, timeoutMs: 1_000 },
  );
const wordsOf = (error: unknown): string =>
  error instanceof AppError ? sentences[error.code].what(error.facts) : `no sentence: ${String(error)}`;

const status = (state: string, tasks: object[] = [], type = 'sink') => ({
  status: { name: 'n', connector: { state, worker_id: 'w:8083' }, tasks, type },
});
/** A worker that runs these, with or without an address for its health. */
const running =
  (connectors: object, health: number): FakeAnswer =>
  (request, response) => {
    if (request.url === '/health') response.writeHead(health).end('{"message":"is not ready"}');
    else response.end(JSON.stringify(connectors));
  };

describe('the states of connectors', () => {
  it('are told in one question, with what failed and why', async () => {
    const trace = 'java.lang.IllegalStateException: no\n\tat X.y(X.java:1)';
    const { url, asked } = await worker(
      running(
        {
          orders: status('RUNNING', [
            { id: 1, state: 'FAILED', worker_id: 'w', trace },
            { id: 0, state: 'RUNNING', worker_id: 'w' },
          ]),
          paused: status('PAUSED', [], 'source'),
        },
        200,
      ),
    );
    expect(await read(`${url}/`)).toEqual([
      {
        name: 'orders',
        type: 'sink',
        state: 'RUNNING',
        worker: 'w:8083',
        failure: null,
        tasks: [
          { id: 0, state: 'RUNNING', worker: 'w', failure: null },
          { id: 1, state: 'FAILED', worker: 'w', failure: trace },
        ],
      },
      { name: 'paused', type: 'source', state: 'PAUSED', worker: 'w:8083', failure: null, tasks: [] },
    ]);
    expect(asked.map(({ path }) => path).sort()).toEqual(['/connectors?expand=status', '/health']);
  });

  it('are told by workers without a health address too', async () => {
    const { url } = await worker(running({}, 404));
    expect(await read(url)).toEqual([]);
  });

  it('are not believed while the workers have lost their brokers', async () => {
    const { url } = await worker(running({ orders: status('RUNNING') }, 503));
    expect(await read(url).catch(wordsOf)).toContain('answered HTTP 503: is not ready.');
  });

  it('are told by the next worker when one is away', async () => {
    const away = await worker(() => undefined);
    await away.close();
    const { url } = await worker(running({ orders: status('RUNNING') }, 200));
    expect(await read(away.url, url)).toHaveLength(1);
    expect(await read(away.url).catch(wordsOf)).toContain('it refused the connection');
  });
});

describe('a Connect worker that is not well (F4)', () => {
  it.each(faults)('%s is a sentence', async (_name, answer, words) => {
    const { url } = await worker(answer);
    const failure = await read(url).catch(wordsOf);
    expect(failure).toContain(words);
    expect(failure).toMatch(/^The Connect worker 127\.0\.0\.1:\d+ /);
  });

  it('that answers other JSON says so', async () => {
    const { url } = await worker((_request, response) => response.end('["orders"]'));
    expect(await read(url).catch(wordsOf)).toContain('answered something else than its API describes.');
  });
});
