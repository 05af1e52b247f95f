import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '#lib/errors/app-error.ts';

export type DatabaseSettings = {
  /** A PostgreSQL server of the operator's; without it the built-in one is used. */
  url: string | undefined;
  /** Where the built-in server keeps its data. */
  dataDir: string;
  /** Loopback port of the built-in server; 0 takes a free one. */
  port: number;
  walLevel: 'minimal' | 'replica' | 'logical';
};

type Source = Readonly<Record<string, string | undefined>>;

/** The folder with `package.json` and `prisma/`. A bundle cannot tell by its own address where that is. */
export const projectRoot = (source: Source = process.env): string =>
  resolve(source.MILLRACE_ROOT || process.cwd());

/** Read apart from the rest of the environment: scripts that need only the database need no web settings. */
export function databaseSettings(source: Source = process.env): DatabaseSettings {
  const walLevel = source.MILLRACE_DATABASE_WAL_LEVEL;
  return {
    url: source.DATABASE_URL || urlInFile(source.DATABASE_URL_FILE),
    dataDir: resolve(projectRoot(source), source.MILLRACE_DATA_DIR || '.data/millrace'),
    port: Number(source.MILLRACE_DATABASE_PORT || 0),
    walLevel: walLevel === 'minimal' || walLevel === 'logical' ? walLevel : 'replica',
  };
}

/** The address kept in a file, as container secrets are: a variable can be read by whoever lists processes. */
function urlInFile(path: string | undefined): string | undefined {
  if (!path) return undefined;
  try {
    const url = readFileSync(path, 'utf8').trim();
    if (url !== '') return url;
  } catch (cause) {
    throw new AppError(
      'database.refused',
      { reason: `DATABASE_URL_FILE cannot be read: ${path}` },
      { cause },
    );
  }
  throw new AppError('database.refused', { reason: `DATABASE_URL_FILE is empty: ${path}` });
}
