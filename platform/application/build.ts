import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../machine/run.ts';
import { PlatformProblem } from '../problem.ts';
import { projectRoot } from '../settings.ts';

/** Everything a build is made from. */
const sources = [
  ...[
    'app',
    'components',
    'lib',
    'public',
    'prisma/schema.prisma',
    'package-lock.json',
    'package.json',
    'tsconfig.json',
  ],
  ...['next.config.js', 'postcss.config.mjs', 'postcss.config.js', 'proxy.ts', 'instrumentation.ts'],
];

const isTest = (path: string) => /\.(test|itest)\.tsx?$/.test(path) || path.startsWith('lib/testing/');

function filesOf(path: string): string[] {
  const absolute = join(projectRoot, path);
  if (!existsSync(absolute)) return [];
  const entries = readdirSync(absolute, { withFileTypes: true });
  return entries
    .flatMap((entry) => {
      const inner = `${path}/${entry.name}`;
      if (entry.isDirectory()) return entry.name === 'generated' ? [] : filesOf(inner);
      return isTest(inner) ? [] : [inner];
    })
    .sort();
}

/** A hash over the names and contents of all sources of a build; the same sources give the same hash. */
export function sourceHash(): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    const isFile = /\.[a-z]+$/.test(source);
    for (const path of isFile ? [source] : filesOf(source)) {
      const absolute = join(projectRoot, path);
      if (existsSync(absolute)) hash.update(`${path}\0`).update(readFileSync(absolute)).update('\0');
    }
  }
  return hash.digest('hex');
}

const stampPath = join(projectRoot, '.next', 'millrace-build');
/** The program of the production server. */
export const serverProgram = join(projectRoot, '.next', 'standalone', 'server.js');

const isBuilt = (hash: string) =>
  existsSync(serverProgram) && existsSync(stampPath) && readFileSync(stampPath, 'utf8') === hash;

/**
 * Makes the production build unless there is one of these very sources. The standalone server is completed with the
 * static files, which Next leaves beside it.
 */
export async function buildApplication(): Promise<string> {
  const hash = sourceHash();
  if (isBuilt(hash)) return 'unchanged';
  rmSync(stampPath, { force: true });
  const { code, stdout, stderr } = await run('next', ['build'], {
    cwd: projectRoot,
    env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  if (code !== 0) {
    const words = `${stdout}\n${stderr}`.trim().split('\n').slice(-40).join('\n');
    throw new PlatformProblem(`The build failed:\n${words}`);
  }
  const standalone = join(projectRoot, '.next', 'standalone');
  cpSync(join(projectRoot, '.next', 'static'), join(standalone, '.next', 'static'), { recursive: true });
  if (existsSync(join(projectRoot, 'public'))) {
    cpSync(join(projectRoot, 'public'), join(standalone, 'public'), { recursive: true });
  }
  writeFileSync(stampPath, hash);
  return '';
}
