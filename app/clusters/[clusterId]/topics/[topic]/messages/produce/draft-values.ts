import type { z } from 'zod';
import type { DraftEncoding, DraftHeader, ProduceMessageInput } from '#lib/model/message-draft.ts';
import type { TemplateDraft } from '#lib/model/message-template.ts';
import { fillPlaceholders } from '#lib/model/placeholders.ts';
import { type HeaderRow, newHeader } from '../header-rows.tsx';

/** `empty` is a key of zero bytes, which is not the same as none. */
export type FieldEncoding = DraftEncoding | 'empty';

/** What the fields of the form hold. An empty version is the latest, an empty message type the first of the file. */
export type DraftValues = {
  key: string;
  keyEncoding: string;
  keySubject: string;
  keyVersion: string;
  keyMessage: string;
  value: string;
  valueEncoding: string;
  valueSubject: string;
  valueVersion: string;
  valueMessage: string;
  partition: string;
  timestamp: string;
};

export const emptyDraft: DraftValues = {
  key: '',
  keyEncoding: 'text',
  keySubject: '',
  keyVersion: '',
  keyMessage: '',
  value: '',
  valueEncoding: 'json',
  valueSubject: '',
  valueVersion: '',
  valueMessage: '',
  partition: '',
  timestamp: '',
};

export type DraftInput = z.input<typeof ProduceMessageInput>;

/** The input of the action. A key that was left empty is none; an empty one is chosen as such. */
export function inputOf(
  place: { clusterId: string; topic: string },
  values: DraftValues,
  headers: readonly HeaderRow[],
): DraftInput {
  const isEmptyKey = values.keyEncoding === 'empty';
  const keyEncoding = isEmptyKey
    ? 'text'
    : values.key === ''
      ? 'none'
      : (values.keyEncoding as DraftEncoding);
  return {
    ...place,
    key: isEmptyKey ? '' : values.key,
    keyEncoding,
    keySchema: keyEncoding === 'schema' ? choiceOf(values, 'key') : null,
    value: values.valueEncoding === 'none' ? '' : values.value,
    valueEncoding: values.valueEncoding as DraftEncoding,
    valueSchema: values.valueEncoding === 'schema' ? choiceOf(values, 'value') : null,
    headers: headers.map(({ name, value, encoding }) => ({ name, value, encoding })),
    partition: values.partition,
    timestamp: values.timestamp,
  };
}

/** The schema that was chosen for a side; null while none is. */
export function choiceOf(values: DraftValues, side: 'key' | 'value') {
  const subject = values[`${side}Subject`];
  if (subject === '') return null;
  const version = values[`${side}Version`];
  return { subject, version: version === '' ? null : Number(version), message: values[`${side}Message`] };
}

/** The form as a template keeps it: all but the moment. */
export function templateOf(
  values: DraftValues,
  headers: readonly HeaderRow[],
): z.input<typeof TemplateDraft> {
  const {
    clusterId: _cluster,
    topic: _topic,
    timestamp: _moment,
    ...draft
  } = inputOf({ clusterId: '', topic: '' }, values, headers);
  return draft as z.input<typeof TemplateDraft>;
}

/** A template as the form holds it, with its placeholders filled in. */
export function valuesOfTemplate(
  draft: TemplateDraft,
  counter: number,
): { values: DraftValues; headers: HeaderRow[] } {
  const facts = { now: new Date(), counter, uuid: () => crypto.randomUUID() };
  const fill = (text: string) => fillPlaceholders(text, facts);
  const side = (name: 'key' | 'value') => {
    const choice = draft[`${name}Schema`];
    return {
      [name]: fill(draft[name]),
      [`${name}Subject`]: choice?.subject ?? '',
      [`${name}Version`]: choice?.version ? String(choice.version) : '',
      [`${name}Message`]: choice?.message ?? '',
    };
  };
  const keyEncoding =
    draft.keyEncoding === 'none'
      ? 'text'
      : draft.keyEncoding === 'text' && draft.key === ''
        ? 'empty'
        : draft.keyEncoding;
  return {
    values: {
      ...emptyDraft,
      ...side('key'),
      ...side('value'),
      keyEncoding,
      valueEncoding: draft.valueEncoding,
      partition: draft.partition,
    },
    headers: headerRows(draft.headers.map((header) => ({ ...header, value: fill(header.value) }))),
  };
}

export const headerRows = (headers: readonly DraftHeader[]): HeaderRow[] =>
  headers.map(({ name, value, encoding = 'text' }) => ({ ...newHeader(), name, value, encoding }));
