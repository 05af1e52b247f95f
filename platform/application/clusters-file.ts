import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClustersFile } from '#lib/model/cluster-record.ts';
import type { Platform } from '../parts/all.ts';
import { credentials } from '../parts/credentials.ts';
import { brokerIds, loopback } from '../settings.ts';

/** Writes the cluster file of the demo: the platform's brokers by SASL as the super user, its
 * registry, its Connect, the endpoints of its brokers, and a canary. Answers its path. */
export function writeClustersFile({ context }: Platform): string {
  const { settings, ports } = context;
  const registryUrl = `http://${loopback}:${ports.registry}/apis/ccompat/v7`;
  const { username, password } = credentials.admin;
  const open = { allowHttp: true, auth: { kind: 'none' } };
  const shop = {
    id: 'shop',
    name: 'Online shop',
    environment: 'production',
    connection: {
      bootstrap: brokerIds.map((id) => ({ host: loopback, port: ports.saslPlaintext(id) })),
      tls: { enabled: false },
      sasl: { mechanism: 'SCRAM-SHA-512', username },
      registry: { url: registryUrl, ...open },
      metrics: {
        kind: 'endpoints',
        brokers: brokerIds.map((id) => ({ broker: id, url: `http://${loopback}:${ports.jmx(id)}/metrics` })),
        ...open,
      },
      canary: {},
      connect: { urls: [`http://${loopback}:${ports.connect}`], ...open },
    },
    secrets: { password },
  };
  const path = join(settings.dataDir, 'clusters.json');
  mkdirSync(settings.dataDir, { recursive: true });
  const file = ClustersFile.parse({ clusters: [shop] });
  writeFileSync(path, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  return path;
}
