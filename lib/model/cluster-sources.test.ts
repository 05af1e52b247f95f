import { describe, expect, it } from 'vitest';
import { ClusterCanary, ClusterConnect, ClusterMetrics, endpointOf } from './cluster-sources.ts';

const auth = { kind: 'none' };
const endpoints = { kind: 'endpoints', template: 'https://{host}:7071/metrics', auth };
const server = { kind: 'server', url: 'https://prometheus.example.com', selector: 'job="kafka"', auth };
const problem = (input: unknown): string | undefined =>
  ClusterMetrics.safeParse(input).error?.issues[0]?.message;

describe('where metrics come from', () => {
  it('is an address with places for a broker, or one for each', () => {
    expect(problem(endpoints)).toBeUndefined();
    expect(problem({ ...endpoints, template: undefined })).toBe(
      'Write an address for all brokers, or one for each.',
    );
    const own = { broker: 1, url: 'https://a.example.com/metrics' };
    expect(problem({ kind: 'endpoints', brokers: [own], auth })).toBeUndefined();
    expect(problem({ kind: 'endpoints', brokers: [own, own], auth })).toBe('Broker 1 stands here twice.');
    expect(problem({ ...endpoints, template: 'http://{host}:7071/metrics' })).toBe(
      'Write https, or allow plain http for this source.',
    );
    expect(problem({ ...endpoints, template: 'https://me:secret@{host}/metrics' })).toMatch(
      'Leave the user out',
    );
    expect(problem({ ...endpoints, template: 'file:///etc/passwd' })).toMatch('http(s)');
    expect(problem({ ...endpoints, template: 'metrics' })).toMatch('Write an address with');
  });

  it('leads to a broker by its host and id', () => {
    expect(endpointOf('http://{host}:7071/{id}', { id: 3, host: 'b.example.com' })).toBe(
      'http://b.example.com:7071/3',
    );
    expect(endpointOf('http://{host}:7071/', { id: 3, host: '2001:db8::1' })).toBe(
      'http://[2001:db8::1]:7071/',
    );
  });

  it('is a server with matchers of labels', () => {
    expect(problem(server)).toBeUndefined();
    expect(problem({ ...server, selector: 'job="kafka", env=~"prod.*" , pod!="a\\"b"' })).toBeUndefined();
    for (const selector of ['', '{job="kafka"}', 'job=kafka', 'job="kafka"} or up{', 'job="a" or b="c"'])
      expect(problem({ ...server, selector })).toBeDefined();
    expect(problem({ ...server, brokerLabel: 'a-b' })).toBe('Write the name of a label.');
  });
});

describe('the canary', () => {
  it('has a topic that is not one of Kafka’s own', () => {
    expect(ClusterCanary.parse({})).toEqual({ topic: 'millrace-canary', everyMs: 2_000 });
    for (const topic of ['__consumer_offsets', '.', 'a b', ''])
      expect(ClusterCanary.safeParse({ topic }).success).toBe(false);
  });
});

describe('Connect workers', () => {
  it('are named by their addresses', () => {
    expect(ClusterConnect.safeParse({ urls: ['https://connect.example.com'], auth }).success).toBe(true);
    expect(ClusterConnect.safeParse({ urls: ['http://connect.example.com'], auth }).success).toBe(false);
    expect(ClusterConnect.safeParse({ urls: [], auth }).success).toBe(false);
  });
});
