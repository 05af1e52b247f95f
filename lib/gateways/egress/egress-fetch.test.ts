import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { parseAllowList } from './address-rules.ts';
import { egressFetch } from './egress-fetch.ts';

const servers: http.Server[] = [];
const serve = async (handler: http.RequestListener): Promise<number> => {
  const server = http.createServer(handler);
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return (server.address() as AddressInfo).port;
};
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const allow = parseAllowList('127.0.0.0/8');

describe('R20 egress over HTTP', () => {
  it('connects to the address that was checked, and keeps the name', async () => {
    let host = '';
    const port = await serve((request, response) => {
      host = request.headers.host ?? '';
      response.end('{"ok":true}');
    });
    // A name server that rebinds: the second answer would lead elsewhere. It is never asked twice.
    let asked = 0;
    const resolve = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
    const answer = await egressFetch(`http://registry.example.com:${port}/subjects`, {
      allow,
      resolve,
      allowHttp: true,
    });
    expect(answer.body.toString()).toBe('{"ok":true}');
    expect(host).toBe(`registry.example.com:${port}`);
    expect(asked).toBe(1);
  });

  it('does not follow a redirect to the inside', async () => {
    let followed = false;
    const port = await serve((request, response) => {
      if (request.url === '/inside') followed = true;
      response.writeHead(302, { location: '/inside' }).end();
    });
    await expect(egressFetch(`http://127.0.0.1:${port}/`, { allow, allowHttp: true })).rejects.toMatchObject({
      code: 'egress.failed',
      facts: { reason: expect.stringContaining('redirects') },
    });
    expect(followed).toBe(false);
  });

  it('stops reading at the limit', async () => {
    const port = await serve((_, response) => {
      const more = () => {
        while (response.write(Buffer.alloc(64_000))) {}
        response.once('drain', more);
      };
      more();
    });
    await expect(
      egressFetch(`http://127.0.0.1:${port}/`, { allow, allowHttp: true, maxBytes: 1_000_000 }),
    ).rejects.toMatchObject({ code: 'egress.failed', facts: { reason: 'its answer is larger than 1 MB' } });
  });

  it('ends with one closed sentence when the server is silent, gone or breaks off', async () => {
    const silent = await serve(() => {});
    await expect(
      egressFetch(`http://127.0.0.1:${silent}/`, { allow, allowHttp: true, timeoutMs: 50 }),
    ).rejects.toMatchObject({ code: 'egress.failed', facts: { reason: 'it did not answer in time' } });

    const breaking = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('secret body of an internal server', () => response.destroy());
    });
    await expect(egressFetch(`http://127.0.0.1:${breaking}/`, { allow, allowHttp: true })).rejects.toSatisfy(
      (error: Error) => !JSON.stringify(error).includes('secret body'),
    );

    const gone = await serve(() => {});
    await new Promise((closed) => servers.pop()?.close(closed));
    await expect(egressFetch(`http://127.0.0.1:${gone}/`, { allow, allowHttp: true })).rejects.toMatchObject({
      facts: { reason: 'it refused the connection' },
    });
  });

  it('does not speak TLS with a server whose certificate nobody vouches for', async () => {
    const port = await serve((_, response) => response.end('plain'));
    await expect(egressFetch(`https://127.0.0.1:${port}/`, { allow })).rejects.toMatchObject({
      code: 'egress.failed',
    });
  });
});
