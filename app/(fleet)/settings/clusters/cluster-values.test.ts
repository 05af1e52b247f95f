import { describe, expect, it } from 'vitest';
import { NewCluster } from '#lib/model/cluster-record.ts';
import { toFormProblem, toInput, valuesOf } from './cluster-values.ts';

const filled = {
  ...valuesOf(null),
  name: 'EU prod 1',
  bootstrap: 'kafka.example.com:9094',
  registryUrl: ' https://registry.example.com/v7 ',
  registryAuth: 'basic',
  registryUsername: 'millrace',
  registryPassword: 'secret',
};

describe('the registry in the form of a cluster', () => {
  it('is sent with its sign-in, and comes back without the secret', () => {
    const input = NewCluster.parse(toInput(filled, null));
    expect(input.connection.registry).toEqual({
      url: 'https://registry.example.com/v7',
      allowHttp: false,
      auth: { kind: 'basic', username: 'millrace' },
    });
    expect(input.secrets).toEqual({ registryPassword: 'secret' });
    const cluster = {
      ...{ ...input, version: 1, source: 'ui' as const, createdAt: '', updatedAt: '' },
      secretsSet: [{ field: 'registryPassword', updatedAt: '' }],
    };
    expect(valuesOf(cluster)).toMatchObject({
      registryUrl: 'https://registry.example.com/v7',
      registryAuth: 'basic',
      registryUsername: 'millrace',
      registryPassword: '',
    });
  });

  it('is left out without an address', () => {
    expect(toInput({ ...filled, registryUrl: ' ' }, null).connection).not.toHaveProperty('registry');
  });

  it('has its own fields for what is wrong, apart from those of the brokers', () => {
    const problem = { code: 'input.invalid', status: 400, what: '', next: '' } as const;
    const fields = {
      'connection.registry.ca': 'a',
      'connection.tls.ca': 'b',
      'connection.registry.url': 'c',
      'secrets.registryPassword': 'd',
    };
    expect(toFormProblem({ ...problem, fields }).fields).toEqual({
      registryCa: 'a',
      ca: 'b',
      registryUrl: 'c',
      registryPassword: 'd',
    });
  });
});

describe('metrics, canary and Connect in the form of a cluster', () => {
  const record = (values: typeof filled) => {
    const input = NewCluster.parse(toInput(values, null));
    return { ...input, version: 1, source: 'ui' as const, createdAt: '', updatedAt: '', secretsSet: [] };
  };
  const endpoints = {
    ...filled,
    metricsKind: 'endpoints',
    metricsTemplate: 'https://{host}:7071/metrics',
    metricsBrokers: '1 https://a.example.com/metrics\n\n 2=https://b.example.com/metrics ',
    metricsAuth: 'bearer',
    metricsToken: 'abc',
  };
  const server = {
    ...filled,
    metricsKind: 'server',
    metricsUrl: 'https://prometheus.example.com',
    metricsSelector: 'job="kafka"',
    metricsMatches: '1 10.0.0.1:7071',
  };
  const rest = {
    ...filled,
    canary: true,
    canarySeconds: '0.5',
    connectUrls: 'https://c1.example.com\nhttps://c2.example.com',
    connectAuth: 'basic',
    connectUsername: 'millrace',
  };

  it('are sent as they are entered', () => {
    expect(record(endpoints).connection.metrics).toEqual({
      kind: 'endpoints',
      template: 'https://{host}:7071/metrics',
      brokers: [
        { broker: 1, url: 'https://a.example.com/metrics' },
        { broker: 2, url: 'https://b.example.com/metrics' },
      ],
      allowHttp: false,
      auth: { kind: 'bearer' },
    });
    expect(record(endpoints).secrets).toMatchObject({ metricsToken: 'abc' });
    expect(record(server).connection.metrics).toMatchObject({
      kind: 'server',
      selector: 'job="kafka"',
      brokerLabel: 'instance',
      brokers: [{ broker: 1, value: '10.0.0.1:7071' }],
    });
    expect(record(rest).connection).toMatchObject({
      canary: { topic: 'millrace-canary', everyMs: 500 },
      connect: { urls: ['https://c1.example.com', 'https://c2.example.com'], auth: { kind: 'basic' } },
    });
  });

  it('come back as they were entered', () => {
    for (const values of [endpoints, server, rest]) {
      const again = valuesOf(record(values));
      expect(NewCluster.parse(toInput({ ...again, id: 'eu-prod-1' }, null)).connection).toEqual(
        record(values).connection,
      );
    }
  });

  it('are off where nothing was entered', () => {
    const { connection } = record(filled);
    expect(Object.keys(connection).sort()).toEqual(['bootstrap', 'registry', 'sasl', 'tls']);
  });

  it('have fields of their own for what is wrong', () => {
    const problem = { code: 'input.invalid', status: 400, what: '', next: '' } as const;
    const fields = {
      'connection.metrics.template': 'a',
      'connection.metrics.brokers.1.url': 'b',
      'connection.metrics.auth.username': 'c',
      'connection.connect.urls.0': 'd',
      'connection.connect.ca': 'e',
      'connection.canary.everyMs': 'f',
      'secrets.connectToken': 'g',
    };
    expect(toFormProblem({ ...problem, fields }).fields).toEqual({
      metricsTemplate: 'a',
      metricsBrokers: 'b',
      metricsUsername: 'c',
      connectUrls: 'd',
      connectCa: 'e',
      canarySeconds: 'f',
      connectToken: 'g',
    });
  });
});
