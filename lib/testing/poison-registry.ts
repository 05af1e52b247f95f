import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { poisonSchemas } from './poison-corpus.ts';

const hostileSubject = '<img src=x onerror=alert(1)>/../"x"';
const record = (name: string, type: string): string =>
  JSON.stringify({ type: 'record', name, fields: [{ name: 'f', type }] });

const answers: Record<string, object> = {
  // Its references refer to each other for ever.
  '/schemas/ids/9005': {
    schema: record('Circle', 'A'),
    references: [{ name: 'A', subject: 'a', version: 1 }],
  },
  '/subjects/a/versions/1': {
    ...{ subject: 'a', version: 1, id: 1, schema: record('A', 'B') },
    references: [{ name: 'B', subject: 'b', version: 1 }],
  },
  '/subjects/b/versions/1': {
    ...{ subject: 'b', version: 1, id: 2, schema: record('B', 'A') },
    references: [{ name: 'A', subject: 'a', version: 1 }],
  },
  // Says that it is another one.
  '/schemas/ids/9006': { id: 1, schema: '{"type":"bytes"}', schemaType: 'AVRO' },
  // References a thousand deep.
  '/schemas/ids/9007': {
    schema: record('Deep', 'D0'),
    references: [{ name: 'D0', subject: 'deep-0', version: 1 }],
  },
};

function answerTo(path: string): object | undefined {
  const known = answers[path];
  if (known) return known;
  const deep = /^\/subjects\/deep-(\d+)\/versions\/1$/.exec(path)?.[1];
  if (deep !== undefined) {
    const next = Number(deep) + 1;
    return {
      ...{ subject: `deep-${deep}`, version: 1, id: 10_000 + next, schema: record(`D${deep}`, `D${next}`) },
      references: next > 1_000 ? [] : [{ name: `D${next}`, subject: `deep-${next}`, version: 1 }],
    };
  }
  for (const { id, type, schema } of Object.values(poisonSchemas)) {
    if (path === `/schemas/ids/${id}`) return { schema, schemaType: type };
    if (path === `/schemas/ids/${id}/versions`) return [{ subject: hostileSubject, version: 1 }];
  }
  return undefined;
}

/** A schema registry that answers what no good one would. */
export async function startPoisonRegistry(): Promise<{ url: string; stop: () => Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const answer = answerTo(decodeURIComponent(new URL(request.url ?? '/', 'http://registry').pathname));
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { error_code: 40_403, message: 'Schema not found' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
