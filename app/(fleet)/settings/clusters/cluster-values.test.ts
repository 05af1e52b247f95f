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
