import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbedded } from '#lib/gateways/database/embedded/launcher.ts';
import { schemaDiff } from './schema-diff.ts';

// Writes prisma/migrations/<time>_<name>/migration.sql with what schema.prisma has and the migrations have not.

const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9_]{2,50}$/.test(name)) {
  console.error('Usage: npm run migration -- name_in_snake_case');
  process.exit(2);
}

const dataDir = mkdtempSync(join(tmpdir(), 'millrace-migration-'));
const server = await startEmbedded({ dataDir });
try {
  const sql = await schemaDiff(server.url);
  if (sql === '') {
    console.log('The migrations and the schema agree: there is nothing to do.');
  } else {
    const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const folder = fileURLToPath(new URL(`./migrations/${time}_${name}`, import.meta.url));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'migration.sql'), `${sql}\n`);
    console.log(`Written: ${join(folder, 'migration.sql')}. Read it before you commit it.`);
  }
} finally {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
