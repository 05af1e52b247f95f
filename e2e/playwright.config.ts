import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import type { Options } from './fixtures/journey.ts';
import { harbour } from './fixtures/places.ts';

const inHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Debian's Chromium, or what `CHROMIUM_PATH` names. Playwright's own browsers are not downloaded. */
const chromium =
  process.env.CHROMIUM_PATH ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync) ??
  '/usr/bin/chromium';

/**
 * Journeys in a real browser, on the production build and the test platform, both of which must be there (`npm test`
 * sees to it). One after the other: they share one server, one cluster and two cores.
 */
export default defineConfig<Options>({
  testDir: inHere('specs'),
  outputDir: inHere('../test-results'),
  globalSetup: inHere('fixtures/global-setup.ts'),
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 1,
  timeout: 90_000,
  globalTimeout: 18 * 60_000,
  expect: { timeout: 20_000 },
  use: {
    baseURL: harbour.origin,
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    colorScheme: 'dark',
    reducedMotion: 'reduce',
    actionTimeout: 20_000,
    navigationTimeout: 45_000,
    trace: 'retain-on-failure',
    video: 'off',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--disable-gpu',
        '--disable-background-networking',
        '--no-first-run',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    },
  },
});
