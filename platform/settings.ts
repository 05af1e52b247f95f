import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlatformProblem } from './problem.ts';

/** The folder of the checkout. */
export const projectRoot = resolve(fileURLToPath(import.meta.url), '../..');

/** Every listener of the platform is bound to this address and to no other. */
export const loopback = '127.0.0.1';

export const brokerIds = [1, 2, 3] as const;

/** Variables of a process's environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One platform: where its ports begin, where its data lies, where downloaded programs are kept. */
export type PlatformSettings = {
  basePort: number;
  dataDir: string;
  cacheDir: string;
};

const demoPort = 19_000;
const testPort = 29_000;

/**
 * Reads the platform's settings: `MILLRACE_PLATFORM_PORT` (first port, default 19000), `MILLRACE_PLATFORM_DIR` (data,
 * default `.data/demo`) and `MILLRACE_CACHE_DIR` (downloads, default `.cache/platform`). Relative paths are relative to
 * the checkout. Throws a `PlatformProblem` when the port leaves no room for the platform's ports.
 */
export function readSettings(env: Environment = process.env): PlatformSettings {
  const basePort = Number(env.MILLRACE_PLATFORM_PORT ?? demoPort);
  if (!Number.isInteger(basePort) || basePort < 1024 || basePort > 65_000) {
    throw new PlatformProblem(
      `MILLRACE_PLATFORM_PORT is "${env.MILLRACE_PLATFORM_PORT}"; give a whole number from 1024 to 65000.`,
    );
  }
  return {
    basePort,
    dataDir: resolve(projectRoot, env.MILLRACE_PLATFORM_DIR ?? '.data/demo'),
    cacheDir: resolve(projectRoot, env.MILLRACE_CACHE_DIR ?? '.cache/platform'),
  };
}

/** The environment of the test platform, unless the given environment names another one. */
export function testEnvironment(env: Environment = process.env): Environment {
  return {
    ...env,
    MILLRACE_PLATFORM_PORT: env.MILLRACE_PLATFORM_PORT ?? String(testPort),
    MILLRACE_PLATFORM_DIR: env.MILLRACE_PLATFORM_DIR ?? '.data/test',
  };
}

/** Every port of one platform, by meaning. The offsets are the same for every platform. */
export function platformPorts(basePort: number) {
  return {
    plaintext: (broker: number) => basePort + 91 + broker,
    saslPlaintext: (broker: number) => basePort + 191 + broker,
    saslSsl: (broker: number) => basePort + 291 + broker,
    ssl: (broker: number) => basePort + 391 + broker,
    controller: (broker: number) => basePort + 491 + broker,
    jmx: (broker: number) => basePort + 69 + broker,
    connect: basePort + 83,
    registry: basePort + 81,
    registryManagement: basePort + 82,
    database: basePort + 32,
    flink: basePort + 61,
    flinkGateway: basePort + 62,
  };
}

export type PlatformPorts = ReturnType<typeof platformPorts>;
