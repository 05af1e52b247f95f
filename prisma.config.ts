import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

// Without this the Prisma CLI would download a native engine even to generate the client.
process.env.PRISMA_SCHEMA_ENGINE_BINARY = fileURLToPath(
  new URL('./prisma/no-schema-engine', import.meta.url),
);

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
