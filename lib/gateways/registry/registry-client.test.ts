import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { parseAllowList } from '#lib/gateways/egress/address-rules.ts';
import { egressFetch } from '#lib/gateways/egress/egress-fetch.ts';
import type { ClusterRegistry } from '#lib/model/cluster.ts';
import { RegistryClient } from './registry-client.ts';
import { testRegistry } from './test-registry.ts';

type Answer = { status?: number; body?: unknown; text?: string; headers?: Record<string, string> };
type Handler = (path: string, request: http.IncomingMessage, response: http.ServerResponse) => Answer | null;

const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A registry that answers as it is told, and how often it was asked for what. */
async function fakeRegistry(handler: Handler): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    const path = (request.url ?? '').replace('/base', '');
    asked.push(path);
    const answer = handler(path, request, response);
    if (!answer) return;
    const { status = 200, body, text, headers = {} } = answer;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(text ?? JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/base/`, asked };
}

const allow = parseAllowList('127.0.0.0/8');
const settings = (url: string, auth: ClusterRegistry['auth'] = { kind: 'none' }) => ({
  registry: { url, allowHttp: true, auth },
  secrets: { registryPassword: 'päss', registryToken: 't0ken' },
  fetch: (target: string, request: object) => egressFetch(target, { ...request, allow }),
  timeoutMs: 1_000,
});
const client = (url: string, now?: () => number) => new RegistryClient(settings(url), now);
const avro = '{"type":"string"}';

describe('a schema by its id', () => {
  it('is asked for once, however many ask, and kept for ever', async () => {
    const { url, asked } = await fakeRegistry((path) =>
      path.endsWith('/versions')
        ? { body: [{ subject: 's-value', version: 3 }] }
        : { body: { schema: avro } },
    );
    const registry = client(url);
    const found = await Promise.all([registry.schema('7'), registry.schema('7'), registry.schema('7')]);
    expect(found[2]).toEqual({
      id: '7',
      type: 'AVRO',
      text: avro,
      references: [],
      subjects: [{ subject: 's-value', version: 3 }],
    });
    await registry.schema('7');
    expect(asked).toEqual(['/schemas/ids/7', '/schemas/ids/7/versions']);
  });

  it('that is not there is not asked for again for 30 s', async () => {
    let now = 1_000;
    const { url, asked } = await fakeRegistry(() => ({ status: 404, body: { error_code: 40403 } }));
    const registry = client(url, () => now);
    const host = new URL(url).host;
    expect(await registry.schema('9')).toEqual({
      missing: `The schema registry ${host} has no schema 9.`,
      until: 31_000,
    });
    now = 30_999;
    await registry.schema('9');
    expect(asked.length).toBe(1);
    now = 31_000;
    await Promise.all([registry.schema('9'), registry.schema('9')]);
    expect(asked.length).toBe(2);
  });

  it('may be a GUID', async () => {
    const guid = 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6';
    const { url, asked } = await fakeRegistry(() => ({ body: { schema: avro, guid } }));
    expect(await client(url).schema(guid)).toMatchObject({ id: guid, text: avro });
    expect(asked).toEqual([`/schemas/guids/${guid}`]);
  });

  it('is not taken for another that the registry answers with (P17)', async () => {
    const { url } = await fakeRegistry(() => ({ body: { schema: avro, id: 8 } }));
    expect(await client(url).schema('7')).toMatchObject({
      missing: 'schema 7 cannot be used: the registry answered with schema 8.',
    });
  });
});

describe('references', () => {
  const named = (n: number) => ({ name: `r${n}`, subject: `s${n}`, version: 1 });
  /** Schema 1 refers to s0; which s0 refers to what `next` says, and so on. */
  const chain = (next: (n: number) => number[]) =>
    fakeRegistry((path) => {
      const subject = /^\/subjects\/s(\d+)\/versions\/1$/.exec(path)?.[1];
      if (subject === undefined) return { body: { schema: 'top', references: [named(0)] } };
      const n = Number(subject);
      return {
        body: {
          subject: `s${n}`,
          version: 1,
          id: 100 + n,
          schema: `text ${n}`,
          references: next(n).map(named),
        },
      };
    });

  it('come before who uses them, each once', async () => {
    const { url, asked } = await chain((n) => ({ 0: [1, 2], 1: [3], 2: [3] })[n] ?? []);
    const found = await client(url).schema('1');
    expect('references' in found && found.references.map(({ name }) => name)).toEqual([
      'r3',
      'r1',
      'r2',
      'r0',
    ]);
    expect(asked.filter((path) => path === '/subjects/s3/versions/1').length).toBe(1);
  });

  it('in a circle are refused with the circle (P17)', async () => {
    const { url } = await chain((n) => [(n + 1) % 3]);
    expect(await client(url).schema('1')).toMatchObject({
      missing: 'schema 1 cannot be used: its references go round in a circle, s0 → s1 → s2 → s0.',
    });
  });

  it('1,000 deep are refused, and not all of them fetched (P17)', async () => {
    const { url, asked } = await chain((n) => (n < 1_000 ? [n + 1] : []));
    expect(await client(url).schema('1')).toMatchObject({
      missing: 'schema 1 cannot be used: its references are more than 30 levels deep.',
    });
    expect(asked.length).toBeLessThan(50);
  });

  it('in great numbers are refused', async () => {
    const { url } = await chain((n) => (n === 0 ? Array.from({ length: 500 }, (_, i) => i + 1) : []));
    expect(await client(url).schema('1')).toMatchObject({
      missing: 'schema 1 cannot be used: it refers to more than 200 other schemas.',
    });
  });

  it('answered with another subject or version are refused (P17)', async () => {
    const { url } = await fakeRegistry((path) =>
      path.startsWith('/subjects/')
        ? { body: { subject: 's0', version: 2, id: 5, schema: avro } }
        : { body: { schema: avro, references: [named(0)] } },
    );
    expect(await client(url).schema('1')).toMatchObject({
      missing: 'schema 1 cannot be used: asked for version 1 of s0, the registry answered with another.',
    });
  });
});

describe('a registry that is not well (F4)', () => {
  it.each<[string, Handler, string]>([
    [
      '500',
      () => ({ status: 500, body: { message: 'Database\n is gone' } }),
      'answered HTTP 500: Database is gone.',
    ],
    ['HTML', () => ({ text: '<!doctype html><h1>Sign in</h1>' }), 'answered a page of HTML.'],
    ['no JSON', () => ({ text: 'ok' }), 'answered something that is not JSON.'],
    ['other JSON', () => ({ body: ['x'] }), 'answered something else than its API describes.'],
    ['wrong sign-in', () => ({ status: 401, body: {} }), 'refused the sign-in with HTTP 401.'],
    [
      'a redirect',
      () => ({ status: 302, headers: { location: 'http://127.0.0.1/' }, body: {} }),
      'redirects elsewhere',
    ],
    ['no answer', () => null, 'could not be asked: it did not answer in time.'],
    [
      '50 MB',
      (_path, _request, response) => {
        response.writeHead(200);
        const block = Buffer.alloc(1_000_000, 0x20);
        for (let i = 0; i < 50; i++) response.write(block);
        response.end();
        return null;
      },
      'could not be asked: its answer is larger than 5 MB.',
    ],
    [
      'a broken answer',
      (_path, _request, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"schema":');
        response.destroy();
        return null;
      },
      'could not be asked',
    ],
    [
      'an unknown type',
      () => ({ body: { schema: 'x', schemaType: 'THRIFT' } }),
      'its type THRIFT is not known here.',
    ],
  ])('%s is a sentence', async (_name, handler, sentence) => {
    const { url } = await fakeRegistry(handler);
    const found = await client(url).schema('1');
    expect('missing' in found && found.missing).toContain(sentence);
  });

  it('away is a sentence', async () => {
    const { url } = await fakeRegistry(() => null);
    for (const server of servers.splice(0)) server.close();
    const found = await client(url).schema('1');
    expect('missing' in found && found.missing).toContain('it refused the connection.');
  });

  it('that does not answer is asked once for all ids of a page, and again after a while', async () => {
    let now = 0;
    const { url, asked } = await fakeRegistry((path) =>
      asked.length < 2 ? null : { body: { schema: path } },
    );
    const registry = client(url, () => now);
    expect(await registry.schema('1')).toMatchObject({
      missing: expect.stringContaining('did not answer in time'),
    });
    expect(await registry.schema('2')).toMatchObject({
      missing: expect.stringContaining('did not answer in time'),
    });
    expect(asked.length).toBe(1);
    now = 5_000;
    expect(await registry.schema('3')).toMatchObject({ text: '/schemas/ids/3' });
  });

  it('that is slow with each of many references costs one deadline', async () => {
    const { url } = await fakeRegistry((path) =>
      path.startsWith('/subjects/')
        ? null
        : { body: { schema: avro, references: [{ name: 'r', subject: 's', version: 1 }] } },
    );
    const registry = new RegistryClient({ ...settings(url), timeoutMs: 60_000, schemaMs: 50 });
    expect(await registry.schema('1')).toMatchObject({
      missing: expect.stringContaining('did not answer in time'),
    });
  });

  it('does not lose a schema because it cannot say where it is used', async () => {
    const { url } = await fakeRegistry((path) =>
      path.endsWith('/versions') ? { status: 500, text: 'no' } : { body: { schema: avro } },
    );
    expect(await client(url).schema('1')).toMatchObject({ text: avro, subjects: [] });
  });
});

describe('signing in', () => {
  it.each([
    [{ kind: 'none' } as const, undefined],
    [{ kind: 'basic', username: 'ana' } as const, `Basic ${Buffer.from('ana:päss').toString('base64')}`],
    [{ kind: 'bearer' } as const, 'Bearer t0ken'],
  ])('%o', async (auth, expected) => {
    let sent: string | undefined;
    const { url } = await fakeRegistry((_path, request) => {
      sent = request.headers.authorization;
      return { body: ['a', 'b'] };
    });
    expect(await new RegistryClient(settings(url, auth)).subjects()).toEqual(['a', 'b']);
    expect(sent).toBe(expected);
  });

  it('is a step of the connection test, with what to do', async () => {
    const { url } = await fakeRegistry(() => ({ status: 401, body: {} }));
    expect(await testRegistry(settings(url), new AbortController().signal)).toMatchObject({
      name: 'registry',
      outcome: 'failed',
      code: 'registry.denied',
      next: 'Enter its user and password, or its token, in the settings of the cluster.',
    });
    const well = await fakeRegistry(() => ({ body: ['a'] }));
    expect(await testRegistry(settings(well.url), new AbortController().signal)).toMatchObject({
      outcome: 'ok',
      sentence: 'The schema registry has 1 subject.',
    });
  });
});
