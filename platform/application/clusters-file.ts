import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Platform } from '../parts/all.ts';
import { credentials } from '../parts/credentials.ts';
import { brokerIds, loopback } from '../settings.ts';

/** Writes the cluster file of the demo: the platform's brokers by SASL as the super user. Answers its path. */
export function writeClustersFile({ context }: Platform): string {
  const { settings, ports } = context;
  const path = join(settings.dataDir, 'clusters.json');
  const bootstrap = brokerIds.map((id) => `${loopback}:${ports.saslPlaintext(id)}`);
  const clusters = [
    {
      name: 'Online shop',
      environment: 'production',
      bootstrap,
      security: { protocol: 'SASL_PLAINTEXT', mechanism: 'SCRAM-SHA-512', ...credentials.admin },
    },
  ];
  mkdirSync(settings.dataDir, { recursive: true });
  writeFileSync(path, `${JSON.stringify({ clusters }, null, 2)}\n`, { mode: 0o600 });
  return path;
}
