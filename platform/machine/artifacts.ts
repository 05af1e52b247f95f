import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlatformProblem } from '../problem.ts';
import { run } from './run.ts';

const kafkaVersion = '4.3.1';
/** The last line of slf4j 1.7, which Kafka's jars are compiled against. */
const logging = `org.apache.logging.log4j:log4j-slf4j-impl:2.24.3`;

/**
 * What is fetched, as Maven coordinates `group:artifact:version[:classifier[:type]]`. `alone` leaves the dependencies
 * of the artifacts out.
 */
const sets = {
  kafka: {
    coordinates: [
      ...['kafka_2.13', 'kafka-tools'].map((name) => `org.apache.kafka:${name}:${kafkaVersion}`),
      logging,
    ],
  },
  connect: {
    coordinates: [
      ...['connect-runtime', 'connect-json', 'connect-transforms'].map(
        (name) => `org.apache.kafka:${name}:${kafkaVersion}`,
      ),
      logging,
    ],
  },
  'connect-plugins': {
    alone: true,
    coordinates: ['connect-file', 'connect-mirror', 'connect-mirror-client'].map(
      (name) => `org.apache.kafka:${name}:${kafkaVersion}`,
    ),
  },
  'broker-extras': {
    alone: true,
    coordinates: [
      `io.prometheus.jmx:jmx_prometheus_javaagent:1.0.1`,
      `org.apache.kafka:kafka-storage:${kafkaVersion}:test`,
    ],
  },
  registry: { alone: true, coordinates: ['io.apicurio:apicurio-registry-app:3.3.3:all:tar.gz'] },
} satisfies Record<string, { coordinates: string[]; alone?: boolean }>;

export type ArtifactSet = keyof typeof sets;

function dependency(coordinate: string, alone: boolean): string {
  const [group, artifact, version, classifier, type] = coordinate.split(':');
  return [
    `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>`,
    classifier ? `<classifier>${classifier}</classifier>` : '',
    type ? `<type>${type}</type>` : '',
    alone
      ? '<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>'
      : '',
    '</dependency>',
  ].join('');
}

function pomOf(name: ArtifactSet): string {
  const set: { coordinates: string[]; alone?: boolean } = sets[name];
  return [
    '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>',
    `<groupId>millrace.platform</groupId><artifactId>${name}</artifactId><version>1</version><dependencies>`,
    ...set.coordinates.map((coordinate) => dependency(coordinate, set.alone === true)),
    '</dependencies></project>',
  ].join('\n');
}

const copyGoal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/**
 * The folder that holds a set of jars. Maven fetches it once; the folder's name carries the hash of the pom, so a
 * changed version is another folder and a half-fetched one is never used. Tar archives are unpacked beside.
 */
export async function fetchArtifacts(cacheDir: string, name: ArtifactSet): Promise<string> {
  const pom = pomOf(name);
  const hash = createHash('sha256').update(pom).digest('hex').slice(0, 12);
  const folder = join(cacheDir, `${name}-${hash}`);
  if (existsSync(folder)) return folder;

  const partial = join(cacheDir, `${name}-${hash}.partial-${process.pid}`);
  mkdirSync(partial, { recursive: true });
  try {
    const pomPath = join(partial, 'pom.xml');
    writeFileSync(pomPath, pom);
    await mavenCopy(pomPath, partial, name);
    for (const archive of readdirSync(partial).filter((file) => file.endsWith('.tar.gz'))) {
      const { code, stderr } = await run('tar', ['-xzf', archive], { cwd: partial });
      if (code !== 0) throw new PlatformProblem(`${archive} could not be unpacked: ${stderr.trim()}`);
      rmSync(join(partial, archive));
    }
    if (!existsSync(folder)) renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return folder;
}

async function mavenCopy(pomPath: string, outputDir: string, name: ArtifactSet): Promise<void> {
  const args = ['-B', '-q', '-f', pomPath, copyGoal, `-DoutputDirectory=${outputDir}`];
  const result = await run('mvn', args).catch(() => null);
  if (result === null) throw new PlatformProblem('Maven is missing; run: apt-get install -y maven');
  if (result.code === 0) return;
  const reason = result.stdout.split('\n').find((line) => line.includes('[ERROR]')) ?? result.stderr.trim();
  throw new PlatformProblem(
    `Maven could not fetch the jars of "${name}": ${reason.replace('[ERROR] ', '').trim()}`,
  );
}
