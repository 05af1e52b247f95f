import { expect, it } from 'vitest';
import { platformPorts, readSettings, testEnvironment } from './settings.ts';

it('keeps a demo and a test platform apart', () => {
  const demo = readSettings({});
  const test = readSettings(testEnvironment({}));
  expect([demo.basePort, test.basePort]).toEqual([19_000, 29_000]);
  expect(demo.dataDir).not.toBe(test.dataDir);
  expect(demo.cacheDir).toBe(test.cacheDir);
});

it('takes port and folder from the environment', () => {
  const settings = readSettings({ MILLRACE_PLATFORM_PORT: '41000', MILLRACE_PLATFORM_DIR: '/var/tmp/mine' });
  expect(settings).toMatchObject({ basePort: 41_000, dataDir: '/var/tmp/mine' });
});

it.each(['x', '80', '65100', '1.5'])('refuses %s as a port', (port) => {
  expect(() => readSettings({ MILLRACE_PLATFORM_PORT: port })).toThrow(`MILLRACE_PLATFORM_PORT is "${port}"`);
});

it('gives every listener a port of its own', () => {
  const ports = platformPorts(20_000);
  const all = Object.values(ports).flatMap((port) =>
    typeof port === 'number' ? [port] : [1, 2, 3].map(port),
  );
  expect(new Set(all).size).toBe(all.length);
  expect(Math.max(...all)).toBeLessThanOrEqual(20_500);
});
