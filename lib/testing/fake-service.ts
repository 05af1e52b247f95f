import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseAllowList } from '#lib/gateways/egress/address-rules.ts';
import type { FetchService } from '#lib/gateways/egress/ask-service.ts';
import { egressFetch } from '#lib/gateways/egress/egress-fetch.ts';

export type FakeAnswer = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** A server beside Kafka that answers as it is told, and what it was asked. */
export type FakeService = {
  url: string;
  asked: { path: string; authorization: string | undefined }[];
  answer: FakeAnswer;
  close: () => Promise<void>;
};

/** Starts one on loopback. What it answers may be changed while it runs. */
export async function fakeService(answer: FakeAnswer): Promise<FakeService> {
  const service: FakeService = { url: '', asked: [], answer, close: async () => {} };
  const server = http.createServer((request, response) => {
    service.asked.push({ path: request.url ?? '', authorization: request.headers.authorization });
    service.answer(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  service.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  service.close = () =>
    new Promise((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  return service;
}

const allow = parseAllowList('127.0.0.0/8');

/** The egress guard, with loopback let through. */
export const fetchLoopback: FetchService = (url, request) => egressFetch(url, { ...request, allow });

/** How servers are not well (F4), with the words for it. */
export const faults: readonly (readonly [name: string, answer: FakeAnswer, words: string])[] = [
  [
    'HTTP 500',
    (_request, response) => response.writeHead(500).end('{"message":"Database\\n is gone"}'),
    'answered HTTP 500: Database is gone.',
  ],
  ['HTTP 401', (_request, response) => response.writeHead(401).end(), 'refused the sign-in with HTTP 401.'],
  [
    'HTML',
    (_request, response) => response.end('<!doctype html><h1>Sign in</h1>'),
    'answered a page of HTML.',
  ],
  [
    'a redirect',
    (_request, response) => response.writeHead(302, { location: '/' }).end(),
    'redirects elsewhere',
  ],
  ['no answer', () => undefined, 'did not answer in time'],
  [
    '50 MB',
    (_request, response) => {
      const block = Buffer.alloc(1_000_000, 0x20);
      for (let i = 0; i < 50; i++) response.write(block);
      response.end();
    },
    'its answer is larger than 5 MB',
  ],
  [
    'half an answer',
    (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"a":');
      response.destroy();
    },
    'could not be asked',
  ],
];
