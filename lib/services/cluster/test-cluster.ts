import { z } from 'zod';
import { AppError } from '#lib/errors/app-error.ts';
import { readCluster } from '#lib/gateways/database/clusters.ts';
import { readSecrets } from '#lib/gateways/database/secrets.ts';
import { checkAddress } from '#lib/gateways/egress/check-address.ts';
import { testConnection } from '#lib/gateways/kafka/test-connection.ts';
import { testRegistry } from '#lib/gateways/registry/test-registry.ts';
import { ClusterConnection, ClusterSecrets } from '#lib/model/cluster.ts';
import { ClusterId } from '#lib/model/ids.ts';
import { secretsToEnterAgain } from '#lib/model/secrets-elsewhere.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { testSources } from './test-sources.ts';

/**
 * Walks a connection step by step and says at the step that fails what to fix. Nothing is kept and nothing is
 * changed on the cluster, but the server connects to an address it was given, so the attempt is audited.
 * Secrets that are not given are taken from the cluster `id`, when there is one and they go where it sends them too.
 */
export const testCluster = defineCommand({
  name: 'cluster.test',
  permission: 'cluster:test',
  input: z.strictObject({
    id: ClusterId.optional(),
    connection: ClusterConnection,
    secrets: ClusterSecrets.default({}),
  }),
  target: (input) => ({
    type: 'cluster',
    id: input.id ?? input.connection.bootstrap.map(({ host, port }) => `${host}:${port}`).join(','),
    clusterId: null,
  }),
  secrets: ['secrets.*'],
  changesCluster: false,
  rate: 'test',
  run: async (context, input) => {
    const known = input.id ? await readSecrets('clusters', input.id) : {};
    const present = input.id ? await readCluster(input.id) : null;
    if (present) {
      const { connection, secrets } = input;
      const again = secretsToEnterAgain(present.connection, connection, Object.keys(known), secrets);
      if (Object.keys(again).length > 0) throw new AppError('input.invalid', {}, { fields: again });
    }
    const secrets = { ...known, ...input.secrets };
    const { registry } = input.connection;
    const [test, step] = await Promise.all([
      testConnection({ connection: input.connection, secrets, checkAddress }, { signal: context.signal }),
      registry ? testRegistry({ registry, secrets }, context.signal) : null,
    ]);
    const { metrics, canary, connect } = input.connection;
    const isAlone = !metrics && !canary && !connect;
    const more = isAlone ? [] : await testSources(input.connection, secrets, test.ok, context.signal);
    const beside = [...(step ? [step] : []), ...more];
    const isWell = beside.every(({ outcome }) => outcome !== 'failed');
    return { ...test, ok: test.ok && isWell, steps: [...test.steps, ...beside] };
  },
});
