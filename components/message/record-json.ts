import { formatJson } from '#lib/model/json-text.ts';
import type { MessageDetail, MessageField } from '#lib/model/message.ts';
import { base64OfField, isExactText } from './field-bytes.ts';

/**
 * A record as JSON text for the clipboard. A JSON payload stands in it as it was written, so that no digit of a number is lost and
 * no key is left out; what is no exact text stands as base64 with its encoding named.
 */
export function recordJson(topic: string, message: MessageDetail): string {
  const members = [
    member('topic', topic),
    `"partition": ${message.partition}`,
    // Beyond 2^53 a JSON number would be read wrongly by most programs.
    member('offset', message.offset),
    member('timestamp', message.timestamp),
    member('timestampMs', message.timestampMs),
    member('timestampType', message.timestampType),
    ...fieldMembers('key', message.key),
    ...fieldMembers('value', message.value),
    `"headers": [${message.headers.map(headerText).join(', ')}]`,
    ...(message.headers.length < message.headerCount ? [`"headersInAll": ${message.headerCount}`] : []),
  ];
  const text = `{${members.join(', ')}}`;
  // A payload nested too deep to be laid out is left in one line.
  return formatJson(text) ?? text;
}

const member = (name: string, value: string | null): string =>
  `${JSON.stringify(name)}: ${JSON.stringify(value)}`;

function fieldMembers(name: string, field: MessageField | null): string[] {
  if (field === null) return [`${JSON.stringify(name)}: null`];
  if (field.serde === 'json' && isExactText(field)) return [`${JSON.stringify(name)}: ${field.text.trim()}`];
  if (isExactText(field)) return [member(name, field.text)];
  const isCut = field.shownBytes < field.sizeBytes;
  return [
    member(name, base64OfField(field)),
    member(`${name}Encoding`, 'base64'),
    ...(isCut ? [`"${name}BytesInAll": ${field.sizeBytes}`] : []),
  ];
}

const headerText = (header: MessageDetail['headers'][number]): string =>
  `{${[
    header.nameBase64 === null
      ? member('name', header.name)
      : `${member('name', header.nameBase64)}, ${member('nameEncoding', 'base64')}`,
    ...fieldMembers('value', header.value),
  ].join(', ')}}`;
