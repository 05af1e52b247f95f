import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { platformHandle } from '#platform/handle.ts';
import { fetchArtifacts } from '#platform/machine/artifacts.ts';
import { javaForKafka } from '#platform/machine/java.ts';
import { run } from '#platform/machine/run.ts';
import type { DataValue } from '../decode-plan.ts';
import { plainPlan } from '../decode-plan.ts';
import { printValue } from '../print-value.ts';
import { schemaReader } from '../schema-reader.ts';
import { showField } from '../show-field.ts';

const avroSchema = JSON.stringify({
  type: 'record',
  name: 't.R',
  fields: [
    { name: 'i', type: 'int' },
    { name: 'l', type: 'long' },
    { name: 'd', type: 'double' },
    { name: 'b', type: 'boolean' },
    { name: 's', type: 'string' },
    { name: 'raw', type: 'bytes' },
    { name: 'fx', type: { type: 'fixed', name: 'F', size: 5 } },
    { name: 'e', type: { type: 'enum', name: 'E', symbols: ['A', 'B', 'C'] } },
    { name: 'a', type: { type: 'array', items: ['null', 'long', 'string'] } },
    { name: 'm', type: { type: 'map', values: 'double' } },
    { name: 'next', type: ['null', 'R'] },
  ],
});
const protoSchema = `syntax = "proto3"; package w;
  ${['descriptor', 'timestamp', 'duration', 'wrappers', 'struct', 'any'].map((name) => `import "google/protobuf/${name}.proto";`).join('\n')}
  message W { google.protobuf.FileDescriptorProto file = 1; google.protobuf.Timestamp at = 2; google.protobuf.Any any = 3;
    google.protobuf.Duration took = 4; google.protobuf.Int64Value n = 5; google.protobuf.Struct s = 6; }`;

type Written = { name: string; bytes: Buffer; text: string };
let written: Written[] = [];

const jarsIn = (folder: string, wanted: RegExp): string[] =>
  readdirSync(folder)
    .filter((name) => wanted.test(name))
    .map((name) => join(folder, name));

/** Runs the writers of Kafka, Avro and Protobuf for Java: Kafka's jars, and those that the registry comes with. */
beforeAll(async () => {
  const { cacheDir } = platformHandle().settings;
  const [kafka, mirror, registry, java] = await Promise.all([
    fetchArtifacts(cacheDir, 'kafka'),
    fetchArtifacts(cacheDir, 'connect-plugins'),
    fetchArtifacts(cacheDir, 'registry'),
    javaForKafka(cacheDir),
  ]);
  const lib = join(registry, 'lib/main');
  const wanted =
    /jackson-(core|databind|annotations)-2|protobuf-java|apache\.avro\.avro-|slf4j-api|gson|guava/;
  const jars = [
    ...jarsIn(lib, wanted),
    ...jarsIn(kafka, /^kafka-clients-/),
    ...jarsIn(mirror, /^connect-mirror/),
  ];
  const program = fileURLToPath(new URL('./JavaBytes.java', import.meta.url));
  const options = ['-XX:TieredStopAtLevel=1', '-Xmx256m', '-cp', jars.join(delimiter)];
  const { code, stdout, stderr } = await run(java.path, [...options, program, avroSchema], {
    timeoutMs: 60_000,
  });
  if (code !== 0) throw new Error(stderr);
  written = stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', hex = '', text = ''] = line.split('\t');
      return { name, bytes: Buffer.from(hex, 'hex'), text };
    });
}, 90_000);

const of = (...names: string[]): Written[] => written.filter(({ name }) => names.includes(name));
/** Exact for whole numbers; others are compared as doubles, since Java writes some of them otherwise. */
const comparable = (text: string): unknown =>
  JSON.parse(text, (_key, value, context?: { source?: string }) =>
    typeof value === 'number' && /^-?\d+$/.test(context?.source ?? '') ? context?.source : value,
  );

describe('bytes that Java wrote', () => {
  it.each(['int64', 'int32', 'float', 'double', 'uuid'])('by Kafka’s own serializer of %s', (serde) => {
    const plan = { ...plainPlan('t'), value: { serde } };
    expect(of(serde).length).toBeGreaterThan(0);
    for (const { bytes, text } of of(serde)) {
      const field = showField(bytes, { side: 'value', isPreview: false, limitBytes: 1_000, plan });
      const read = serde === 'float' || serde === 'double' ? JSON.parse : comparable;
      expect('text' in field && read(field.text)).toEqual(read(text));
    }
  });

  it.each(['mirror-checkpoints', 'mirror-heartbeats', 'mirror-offset-syncs'])(
    'by MirrorMaker: %s',
    (serde) => {
      for (const side of ['key', 'value'] as const) {
        const [record] = of(`${serde} ${side}`);
        if (!record) throw new Error(`Java wrote no ${serde} ${side}`);
        const plan = { ...plainPlan('t'), [side]: { serde } };
        const field = showField(record.bytes, { side, isPreview: false, limitBytes: 1_000, plan });
        expect('text' in field && field.text).toBe(record.text);
      }
    },
  );

  it('by Avro, 300 random records with unions, recursion and bytes', () => {
    const reader = schemaReader({ id: '1', type: 'AVRO', text: avroSchema, references: [], subjects: [] });
    expect(of('avro').length).toBe(300);
    for (const { bytes, text } of of('avro')) {
      const result = 'read' in reader ? reader.read(bytes, 0) : { reason: reader.problem };
      if (!('value' in result)) throw new Error(result.reason);
      expect(result.end).toBe(bytes.length);
      expect(comparable(printValue(result.value, 10_000_000).text)).toEqual(comparable(text));
    }
  });

  it('by Protobuf: a large message of its own, and the well-known types in their JSON form', () => {
    const reader = schemaReader({
      id: '1',
      type: 'PROTOBUF',
      text: protoSchema,
      references: [],
      subjects: [],
    });
    const all = written.filter(({ name }) => name.startsWith('google.protobuf.'));
    expect(all.length).toBe(7);
    for (const { name, bytes, text } of all) {
      const result = 'read' in reader ? reader.read(bytes, 0, { message: name }) : { reason: reader.problem };
      if (!('value' in result)) throw new Error(`${name}: ${result.reason}`);
      const shown = comparable(printValue(withoutEmpty(result.value), 10_000_000).text);
      // Java writes 64-bit numbers as text.
      const expected = name.endsWith('Int64Value') ? text.replaceAll('"', '') : text;
      // A field of the newest descriptor.proto that the one we carry does not have: it is noted, not lost.
      const newer = /,"removal_error":"[^"]*"/g;
      expect(shown).toEqual(comparable(expected.replace(newer, '')));
      const unknown = result.notes?.().filter(({ type }) => type === 'unknown field 5') ?? [];
      expect(unknown.length).toBe(expected.match(newer)?.length ?? 0);
    }
  });
});

/** Java leaves out lists that are empty; here they are there. */
function withoutEmpty(value: DataValue): DataValue {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  const kept = Object.entries(value).filter(([, one]) => !(Array.isArray(one) && one.length === 0));
  return Object.fromEntries(kept.map(([key, one]) => [key, withoutEmpty(one)]));
}
