import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Unit tests: pure, no platform, no network. */
export default defineConfig({
  root,
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: ['**/node_modules/**', '.next/**', '.data/**', '.cache/**', 'e2e/**'],
    environment: 'node',
    pool: 'threads',
    // Ends a test that hangs; a slow machine is no fault.
    testTimeout: 60_000,
    restoreMocks: true,
    unstubEnvs: true,
  },
});
