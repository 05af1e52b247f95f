import type { Isolation, MessageField, MessageRow } from '#lib/model/message.ts';
import type { PlatformHandle } from '#platform/handle.ts';

/** One record as Kafka's own console consumer tells it, byte for byte. Bytes as hexadecimal text, null where there are none. */
export type WitnessedRecord = {
  partition: number;
  offset: string;
  timestampMs: string;
  key: string | null;
  value: string | null;
};

/** Stands for null. Kafka's tool passes it through the deserializer as if a record held it, so no record of a test may. */
const absent = 'null-is-not-a-text';

/**
 * A whole topic as Kafka's console consumer reads it, in the order of partitions and offsets. It writes bytes that are not
 * printable (and the backslash) as `\xNN`, so that no separator can be mistaken for what a record holds.
 */
export async function consoleConsumer(
  platform: PlatformHandle,
  topic: string,
  isolation: Isolation,
): Promise<WitnessedRecord[]> {
  const bytes = 'org.apache.kafka.common.serialization.BytesDeserializer';
  const shown = [
    ...['timestamp', 'partition', 'offset', 'key'].map((what) => `print.${what}=true`),
    ...[`key.deserializer=${bytes}`, `value.deserializer=${bytes}`, `null.literal=${absent}`],
  ];
  const { stdout } = await platform.cli('org.apache.kafka.tools.consumer.ConsoleConsumer', [
    ...['--topic', topic, '--from-beginning', '--isolation-level', isolation, '--timeout-ms', '5000'],
    ...shown.flatMap((property) => ['--formatter-property', property]),
  ]);
  return stdout
    .split('\n')
    .filter((line) => /^(Create|LogAppend)Time:/.test(line))
    .map((line) => {
      const [time = '', partition = '', offset = '', key = '', value = ''] = line.split('\t');
      return {
        partition: Number(partition.replace('Partition:', '')),
        offset: offset.replace('Offset:', ''),
        timestampMs: time.replace(/^\w+:/, ''),
        key: unescaped(key),
        value: unescaped(value),
      };
    })
    .sort(byPlace);
}

function unescaped(text: string): string | null {
  if (text === absent) return null;
  const plain = text.replaceAll(/\\x([0-9A-F]{2})/g, (_, code) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return Buffer.from(plain, 'latin1').toString('hex');
}

/** A row of ours in the same form. @throws when a field was cut: then it does not hold all bytes. */
export const asWitnessed = (row: MessageRow): WitnessedRecord => ({
  partition: row.partition,
  offset: row.offset,
  timestampMs: row.timestampMs,
  key: bytesOf(row.key),
  value: bytesOf(row.value),
});

function bytesOf(field: MessageField | null): string | null {
  if (!field) return null;
  if (field.shownBytes !== field.sizeBytes) throw new Error(`Only ${field.shownBytes} bytes are shown.`);
  const bytes =
    field.base64 !== null
      ? Buffer.from(field.base64, 'base64')
      : field.format === 'hex'
        ? Buffer.from(field.text.replaceAll(' ', ''), 'hex')
        : Buffer.from(field.text);
  if (bytes.length !== field.sizeBytes)
    throw new Error(`${field.serde} gives ${bytes.length} of ${field.sizeBytes} bytes.`);
  return bytes.toString('hex');
}

const compared = (a: string, b: string): number =>
  BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0;

type Placed = Pick<WitnessedRecord, 'partition' | 'offset' | 'timestampMs'>;

export const byPlace = (a: Placed, b: Placed): number =>
  a.partition - b.partition || compared(a.offset, b.offset);
