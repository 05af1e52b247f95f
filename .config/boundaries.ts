import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Who may import what. Prints each import that breaks a rule of the house, and each cycle of runtime imports; exits 1
 * when there is one. Paths are relative to the checkout, with `/`.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const rooms = [
  'app',
  'components',
  'lib',
  'platform',
  'bench',
  'e2e',
  'prisma',
  'proxy.ts',
  'instrumentation.ts',
];

type Import = { from: string; to: string; isType: boolean; isPackage: boolean };

const isSource = (path: string) => /\.(ts|tsx)$/.test(path) && !path.endsWith('.d.ts');
const isTest = (path: string) =>
  /\.(test|itest|spec)\.tsx?$/.test(path) || /^(e2e|lib\/testing)\//.test(path);

function sourcesIn(path: string): string[] {
  const absolute = join(root, path);
  if (!existsSync(absolute)) return [];
  if (isSource(path)) return [path];
  return readdirSync(absolute, { withFileTypes: true }).flatMap((entry) => {
    const inner = `${path}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : sourcesIn(inner);
    return isSource(inner) ? [inner] : [];
  });
}

/** The text with comments blanked out, so that an import in an example is none. */
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

const statement = /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;
const dynamic = /\bimport\(\s*(?:\/\*[^*]*\*\/\s*)?'([^']+)'/g;

function resolveImport(from: string, specifier: string): { to: string; isPackage: boolean } {
  if (specifier.startsWith('#')) return { to: specifier.slice(1), isPackage: false };
  if (!specifier.startsWith('.')) return { to: specifier, isPackage: true };
  return { to: posix.normalize(posix.join(dirname(from), specifier)), isPackage: false };
}

function importsOf(from: string): Import[] {
  const text = withoutComments(readFileSync(join(root, from), 'utf8'));
  const found: Import[] = [];
  for (const [, type, specifier = ''] of text.matchAll(statement)) {
    found.push({ from, ...resolveImport(from, specifier), isType: type !== undefined });
  }
  for (const [, specifier = ''] of text.matchAll(dynamic)) {
    found.push({ from, ...resolveImport(from, specifier), isType: false });
  }
  return found;
}

const starts = (path: string, ...prefixes: string[]) =>
  prefixes.some((prefix) => path === prefix || path.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`));

const folderOf = (path: string, depth: number) => path.split('/').slice(0, depth).join('/');

const kafkaClients = ['kafkajs', '@platformatic/kafka'];
const databaseClients = ['pg', '@prisma/client', '@prisma/adapter-pg', '@electric-sql/pglite'];
const sockets = [
  'node:net',
  'node:tls',
  'node:http',
  'node:https',
  'node:dns',
  'node:dns/promises',
  'undici',
];

type Rule = {
  says: string;
  /** Whether the rule speaks about this file. */
  about: (from: string) => boolean;
  /** Whether it allows the import. */
  allows: (edge: Import) => boolean;
};

const rules: Rule[] = [
  {
    says: 'the model knows nothing but itself and zod',
    about: (from) => starts(from, 'lib/model'),
    allows: ({ to, isPackage }) => (isPackage ? to === 'zod' : starts(to, 'lib/model')),
  },
  {
    says: 'components know lib/model, lib/client, lib/format.ts and lib/paths.ts only',
    about: (from) => starts(from, 'components'),
    allows: ({ to, isPackage }) =>
      isPackage || starts(to, 'components', 'lib/model', 'lib/client', 'lib/format.ts', 'lib/paths.ts'),
  },
  {
    says: 'components/ui are primitives: nothing of this product is known there',
    about: (from) => starts(from, 'components/ui'),
    allows: ({ to, isPackage }) => isPackage || starts(to, 'components/ui'),
  },
  {
    says: 'routes ask services, never what lies behind them',
    about: (from) => starts(from, 'app'),
    allows: ({ to }) => !starts(to, 'lib/gateways', 'lib/runner', 'lib/collector', 'lib/audit', 'lib/scan'),
  },
  {
    says: 'a gateway knows the model, errors, env, log and process, no other gateway; only egress is asked by all',
    about: (from) => starts(from, 'lib/gateways'),
    allows: ({ from, to, isPackage }) =>
      isPackage ||
      starts(to, folderOf(from, 3), 'lib/gateways/egress') ||
      starts(to, 'lib/model', 'lib/errors', 'lib/env.ts', 'lib/log.ts', 'lib/process.ts'),
  },
  {
    says: 'a service uses another noun by its verbs only',
    about: (from) => starts(from, 'lib/services'),
    allows: ({ from, to }) =>
      !starts(to, 'lib/services') ||
      starts(to, folderOf(from, 3)) ||
      /^[a-z]+-[a-z-]+\.ts$/.test(posix.basename(to)),
  },
  {
    says: 'Kafka, databases and sockets are spoken to by gateways only',
    about: (from) => starts(from, 'app', 'components', 'lib') && !starts(from, 'lib/gateways'),
    allows: ({ to, isPackage, isType }) =>
      isType || !isPackage || ![...kafkaClients, ...databaseClients, ...sockets].includes(to),
  },
  {
    says: 'what runs in the browser reaches nothing of the server',
    about: (from) => starts(from, 'lib/client'),
    allows: ({ to, isPackage }) =>
      isPackage
        ? !to.startsWith('node:')
        : starts(to, 'lib/client', 'lib/model', 'lib/format.ts', 'lib/paths.ts'),
  },
  {
    says: 'lib knows no page and no component',
    about: (from) => starts(from, 'lib'),
    allows: ({ to }) => !starts(to, 'app', 'components'),
  },
  {
    says: 'the product does not need its platform',
    about: (from) => starts(from, 'app', 'components', 'lib', 'proxy.ts', 'instrumentation.ts'),
    allows: ({ to }) => !starts(to, 'platform', 'bench'),
  },
  {
    says: 'tests and what is for tests stay out of the product',
    about: (from) => !starts(from, 'bench'),
    allows: ({ to, isPackage }) => isPackage || !isTest(to),
  },
];

/** Files that compile schemas and expressions, which strangers write: they run in a scan worker, never in the server's own thread. */
const compiling = ['lib/serde/serde-list.ts', 'lib/scan/filter/compile-filter.ts', 'lib/scan/tasks.ts'];

/** The shortest way of runtime imports from any of the files to one that compiles, or none. */
function wayToCompiler(graph: Map<string, string[]>, starts: readonly string[]): string[] | undefined {
  const cameFrom = new Map<string, string | undefined>(starts.map((file) => [file, undefined]));
  for (const file of cameFrom.keys()) {
    if (compiling.includes(file)) {
      const way = [file];
      for (let at = cameFrom.get(file); at !== undefined; at = cameFrom.get(at)) way.unshift(at);
      return way;
    }
    for (const next of graph.get(file) ?? []) if (!cameFrom.has(next)) cameFrom.set(next, file);
  }
  return undefined;
}

/** Cycles of runtime imports, each named once by the files along it. */
function cyclesIn(graph: Map<string, string[]>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (file: string): void => {
    const at = trail.indexOf(file);
    if (at >= 0) cycles.push([...trail.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    trail.push(file);
    for (const next of graph.get(file) ?? []) visit(next);
    trail.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return cycles;
}

const files = rooms.flatMap(sourcesIn);
const edges = files.flatMap(importsOf);
const problems: string[] = [];
for (const edge of edges.filter(({ from }) => !isTest(from))) {
  for (const rule of rules) {
    if (rule.about(edge.from) && !rule.allows(edge)) problems.push(`${edge.from} → ${edge.to}: ${rule.says}`);
  }
}
for (const { from, to, isPackage } of edges) {
  const isOurs = !isPackage && /\.(ts|tsx)$/.test(to) && !to.includes('/generated/');
  if (isOurs && !existsSync(join(root, to))) problems.push(`${from} → ${to}: there is no such file`);
}
for (const file of files.filter((path) => starts(path, 'lib', 'app', 'components') && !isTest(path))) {
  if (starts(file, 'lib/gateways', 'lib/client')) continue;
  if (
    /(await|return|void|=|=>)\s+(globalThis\.)?fetch\(/.test(
      withoutComments(readFileSync(join(root, file), 'utf8')),
    )
  ) {
    problems.push(`${file}: fetch is called by gateways, and in the browser by lib/client, only`);
  }
}
const graph = new Map(files.map((file) => [file, [] as string[]]));
for (const { from, to, isType, isPackage } of edges) if (!isType && !isPackage) graph.get(from)?.push(to);
for (const cycle of cyclesIn(graph)) problems.push(`a cycle: ${cycle.join(' → ')}`);

const server = files.filter((path) => starts(path, 'app', 'lib/services', 'lib/collector') && !isTest(path));
const way = wayToCompiler(graph, server);
if (way) problems.push(`${way.join(' → ')}: schemas and expressions are compiled in scan workers only`);

for (const problem of [...new Set(problems)].sort()) process.stdout.write(`${problem}\n`);
process.stdout.write(`${files.length} files, ${edges.length} imports, ${problems.length} broken rules\n`);
process.exit(problems.length === 0 ? 0 : 1);
