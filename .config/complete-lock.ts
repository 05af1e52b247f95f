import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Completes package-lock.json. A registry mirror that does not carry the builds of a package for other systems makes
 * npm leave them out of the lock, and `npm ci` then refuses that lock everywhere. Their names, versions and systems
 * are known from the packages that want them, so they are written in; on a system they are not for, nothing fetches
 * them. With `--check` it only says what is missing, and exits 1. Run it after each change of packages.
 */
type Entry = {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
};
type Lock = { packages: Record<string, Entry> };

const lockPath = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const systems = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'sunos', 'win32'];
const processors = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
];

/** The systems a build is for, read from its name; null when the name does not say. */
function platformOf(name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> | null {
  const words = name.split(/[-/]/);
  const os = words.filter((word) => systems.includes(word));
  const cpu = words.filter((word) => processors.includes(word));
  if (cpu.length === 0) return null;
  const libc = words.includes('musl') ? ['musl'] : [];
  return { cpu, ...(os.length > 0 ? { os } : {}), ...(libc.length > 0 ? { libc } : {}) };
}

/** Whether a package of this name can be seen from `parent`, as Node looks for it. */
function isLocked(packages: Lock['packages'], parent: string, name: string): boolean {
  for (
    let folder = parent;
    ;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))
  ) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages[path]) return true;
    if (folder === '') return false;
  }
}

const lock = JSON.parse(readFileSync(lockPath, 'utf8')) as Lock;
const missing: [path: string, entry: Entry][] = [];
for (const [parent, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const platform = platformOf(name);
    if (isLocked(lock.packages, parent, name) || platform === null || !/^\d/.test(version)) continue;
    const dev = entry.dev ? { dev: true } : {};
    const { cpu, libc, os } = platform;
    // In npm's own order, so that its next change of the lock leaves these lines alone.
    const build = { version, cpu, ...dev, ...(libc ? { libc } : {}), optional: true, ...(os ? { os } : {}) };
    missing.push([`node_modules/${name}`, build]);
  }
}

const isCheck = process.argv.includes('--check');
for (const [path, entry] of missing) process.stdout.write(`missing: ${path} ${entry.version}\n`);
if (!isCheck && missing.length > 0) {
  const all = Object.entries({ ...lock.packages, ...Object.fromEntries(missing) });
  lock.packages = Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(lockPath, `${JSON.stringify(lock, null, 2)}\n`);
}
process.stdout.write(`${missing.length} builds for other systems ${isCheck ? 'are missing' : 'added'}\n`);
process.exit(isCheck && missing.length > 0 ? 1 : 0);
