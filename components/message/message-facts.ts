import { formatBytes, formatCount } from '#lib/format.ts';
import type { MessageDetail, MessageField } from '#lib/model/message.ts';

const sizeWords = (bytes: number): string => {
  const { value, unit } = formatBytes(bytes);
  return `${value} ${unit}`;
};

const serdeWords: Record<string, string> = {
  json: 'JSON',
  text: 'Text',
  hex: 'Bytes',
  registry: 'Bytes',
  avro: 'Avro',
  protobuf: 'Protobuf',
  'json-schema': 'JSON by its schema',
};

/** How a field was read and why, such as `JSON, 431 B` and `Valid JSON object.` */
export function fieldWords(field: MessageField | null): { is: string; why: string } {
  if (field === null) return { is: 'Null', why: '' };
  const name = serdeWords[field.serde] ?? field.serde;
  const packed = field.compression === null ? '' : `, inside ${field.compression}`;
  const masked = field.maskedBy.length === 0 ? '' : `, masked by ${field.maskedBy.join(', ')}`;
  return { is: `${name}${packed}${masked}, ${sizeWords(field.sizeBytes)}`, why: field.reason };
}

export const timestampWords: Record<MessageDetail['timestampType'], string> = {
  create: 'set by the producer',
  append: 'set by the broker when it was appended',
  none: 'this format has none',
};

export const transactionWords: Record<MessageDetail['transaction'], string> = {
  none: 'None',
  committed: 'Committed',
  aborted: 'Aborted: read_committed consumers never see this record',
  open: 'Open: neither committed nor aborted when it was read',
};

/** The batch a record came in, such as `lz4 batch of 38, 2.1 kB as stored`. */
export function batchWords({ batch }: MessageDetail): string {
  const codec = batch.codec === 'none' ? 'Uncompressed' : batch.codec;
  const records = batch.records === null ? '' : ` of ${formatCount(batch.records)}`;
  return `${codec} batch${records}, ${sizeWords(batch.sizeBytes)} as stored`;
}

/** Who wrote it, as far as the batch says. */
export function producerWords({ batch }: MessageDetail): string {
  if (batch.producerId === null) return 'Not idempotent: it left no id';
  return `Id ${batch.producerId}, epoch ${batch.producerEpoch ?? 'unknown'}`;
}
