import { checkJson, formatJson } from '#lib/model/json-text.ts';
import type { MessageDetail, MessageField } from '#lib/model/message.ts';
import { base64OfField, isExactText, isMasked, isWhole } from './field-bytes.ts';

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
  const isValue = isExactText(field) || isDecoded(field);
  if (isValue && field.format === 'json')
    return [
      `${JSON.stringify(name)}: ${field.text.trim()}`,
      ...(field.schema === null ? [] : [member(`${name}SchemaId`, field.schema.id)]),
      ...maskMembers(name, field),
    ];
  if (isExactText(field) || isMasked(field)) return [member(name, field.text), ...maskMembers(name, field)];
  const isCut = !isWhole(field);
  return [
    member(name, base64OfField(field)),
    member(`${name}Encoding`, 'base64'),
    ...(isCut ? [`"${name}BytesInAll": ${field.sizeBytes}`] : []),
  ];
}

/** Whether the text is the decoded value, which its bytes are not: those would need the schema to be read. */
const isDecoded = (field: MessageField): boolean =>
  isWhole(field) && (field.schema !== null || isMasked(field)) && checkJson(field.text).ok;

const maskMembers = (name: string, field: MessageField): string[] =>
  isMasked(field) ? [`${JSON.stringify(`${name}MaskedBy`)}: ${JSON.stringify(field.maskedBy)}`] : [];

const headerText = (header: MessageDetail['headers'][number]): string =>
  `{${[
    header.nameBase64 === null
      ? member('name', header.name)
      : `${member('name', header.nameBase64)}, ${member('nameEncoding', 'base64')}`,
    ...fieldMembers('value', header.value),
  ].join(', ')}}`;
