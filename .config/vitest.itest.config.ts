import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { testEnvironment } from '../platform/settings.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { MILLRACE_PLATFORM_PORT = '', MILLRACE_PLATFORM_DIR = '' } = testEnvironment();

/**
 * Integration tests: against the test platform, which must run (`npm run platform -- up --test`). One file after the
 * other, each in its own process: they share the brokers, and what one stops the next must not miss.
 */
export default defineConfig({
  root,
  test: {
    include: ['**/*.itest.ts'],
    exclude: ['**/node_modules/**', '.next/**', '.data/**', '.cache/**', 'e2e/**'],
    environment: 'node',
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    restoreMocks: true,
    env: { MILLRACE_PLATFORM_PORT, MILLRACE_PLATFORM_DIR },
  },
});
