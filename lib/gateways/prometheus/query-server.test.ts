import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { parseAllowList } from '#lib/gateways/egress/address-rules.ts';
import { egressFetch } from '#lib/gateways/egress/egress-fetch.ts';
import type { ServerMetrics } from '#lib/model/cluster-sources.ts';
import { MetricsServer } from './query-server.ts';

const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const allow = parseAllowList('127.0.0.0/8');
const brokers = [
  { id: 1, host: 'kafka-1' },
  { id: 2, host: 'kafka-2' },
];
type Result = { metric: Record<string, string>; values: [number, string][] };

/** A server that has these series, and the questions it got. */
async function fakeServer(result: Result[]) {
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      asked.push(`${decodeURIComponent(request.url ?? '')} ${new URLSearchParams(body).get('query') ?? ''}`);
      const names = [...new Set(result.map(({ metric }) => metric.__name__)), 'up', 'go_goroutines'];
      const data = request.url?.includes('__name__') ? names : { resultType: 'matrix', result };
      response.end(JSON.stringify({ status: 'success', data }));
    });
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const source: ServerMetrics = {
    kind: 'server',
    url,
    selector: 'job="kafka"',
    brokerLabel: 'instance',
    brokers: [],
    allowHttp: true,
    auth: { kind: 'none' },
  };
  const fetch = (target: string, request: object) => egressFetch(target, { ...request, allow });
  return { asked, server: new MetricsServer(source, {}, { fetch }) };
}

const bytesIn = (
  instance: string,
  values: [number, string][],
  more: Record<string, string> = {},
): Result => ({
  metric: { __name__: 'kafka_server_brokertopicmetrics_bytesin_total', instance, ...more },
  values,
});

describe('a metrics server', () => {
  it('is asked for what is known here, of this cluster, and not for every topic', async () => {
    const { server, asked } = await fakeServer([bytesIn('kafka-1:7071', [[100, '1']])]);
    const names = await server.names();
    expect(names).toEqual(['kafka_server_brokertopicmetrics_bytesin_total']);
    await server.read(names, brokers);
    expect(asked[0]).toBe('/api/v1/label/__name__/values?match[]={job="kafka"} ');
    expect(asked[1]).toBe(
      '/api/v1/query {__name__=~"kafka_server_brokertopicmetrics_bytesin_total",topic="",' +
        'request=~"|Produce|FetchConsumer|FetchFollower",quantile=~"|0.5|0.50|0.99",job="kafka"}[5m]',
    );
  });

  it('tells rates over its own times, over a restart too, and sums of parts', async () => {
    const requests = (version: string, last: string): Result => ({
      metric: {
        __name__: 'kafka_network_requestmetrics_requests_total',
        instance: 'kafka-2:7071',
        request: 'Produce',
        version,
      },
      values: [
        [100, '0'],
        [130, last],
      ],
    });
    const { server } = await fakeServer([
      bytesIn('kafka-1:7071', [
        [100, '1000'],
        [115, '1300'],
        [130, '90'],
      ]),
      requests('9', '30'),
      requests('11', '60'),
    ]);
    const { brokers: told, strangers } = await server.read(await server.names(), brokers);
    expect(told.get(1)).toEqual([{ kind: 'broker.net-in', value: 13 }]);
    expect(told.get(2)).toEqual([{ kind: 'broker.produce-requests', value: 3 }]);
    expect(strangers).toEqual([]);
  });

  it('does not tell what is old, what it saw once, and whom it cannot name', async () => {
    const { server } = await fakeServer([
      bytesIn('kafka-1:7071', [
        [0, '0'],
        [15, '9'],
      ]),
      bytesIn('kafka-2:7071', [[300, '5']]),
      bytesIn('10.9.9.9:7071', [
        [285, '5'],
        [300, '6'],
      ]),
    ]);
    const { brokers: told, strangers } = await server.read(await server.names(), brokers);
    expect(told.get(1)).toBeUndefined();
    expect(told.get(2)).toEqual([]);
    expect(strangers).toEqual(['10.9.9.9:7071']);
  });
});
