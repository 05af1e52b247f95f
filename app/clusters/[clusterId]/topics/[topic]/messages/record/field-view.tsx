'use client';

import { useMemo, useState } from 'react';
import { DiffView } from '#components/code/diff-view.tsx';
import { JsonTreeView } from '#components/code/json-tree-view.tsx';
import { HexView, Payload } from '#components/code/payload.tsx';
import {
  base64OfField,
  bytesOfField,
  isExactText,
  isMasked,
  isShownInDigits,
  isWhole,
} from '#components/message/field-bytes.ts';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { formatBytes } from '#lib/format.ts';
import type { MessageField } from '#lib/model/message.ts';
import { changeOf } from './change-of.ts';

const size = (bytes: number): string => {
  const { value, unit } = formatBytes(bytes);
  return `${value} ${unit}`;
};

type Face = 'change' | 'tree' | 'json' | 'text' | 'hex';

/** A key or a value: as a tree, laid out, as stored or byte by byte, and what of it cannot be seen here. */
export function FieldView({
  field,
  name,
  marked,
  download,
}: {
  field: MessageField | null;
  name: 'key' | 'value';
  /** Paths that matched the filter. */
  marked: readonly string[];
  download: string;
}) {
  const change = useMemo(
    () => (field?.format === 'json' && name === 'value' ? changeOf(field.text) : null),
    [field, name],
  );
  const faces = field === null ? [] : facesOf(field, change !== null);
  const [chosen, setFace] = useState<Face | null>(null);
  const face = faces.find(({ value }) => value === chosen)?.value ?? faces[0]?.value ?? 'text';
  const notes = useMemo(
    () =>
      (field?.notes ?? []).map(({ path, type, text }) => ({
        path: path === '' ? name : path.startsWith('[') ? `${name}${path}` : `${name}.${path}`,
        text: `${text} (${type})`,
      })),
    [field, name],
  );
  if (field === null) {
    return (
      <p className="rounded-sm bg-sunken px-2.5 py-2 text-ink-2">
        {name === 'key'
          ? 'No key: the record was not written for one, and compaction does not apply to it.'
          : 'The value is null. On a compacted topic this is a tombstone: older records of the key are removed, and this one too after a while.'}
      </p>
    );
  }
  if (field.sizeBytes === 0) {
    return (
      <p className="rounded-sm bg-sunken px-2.5 py-2 text-ink-2">Empty: it is there, with zero bytes.</p>
    );
  }
  return (
    <>
      {isMasked(field) ? (
        <Notice tone="note" isSlim className="mb-1.5">
          Some of it is masked by {field.maskedBy.length === 1 ? 'the policy' : 'the policies'}{' '}
          <span className="name">{field.maskedBy.join(', ')}</span>. Its bytes are not shown.
        </Notice>
      ) : null}
      {isWhole(field) ? null : (
        <Notice
          tone="warning"
          isSlim
          className="mb-1.5"
          end={isMasked(field) ? null : <a href={download} download>{`Download all of it`}</a>}
        >
          Cut: the first {size(field.shownBytes)} of {size(field.sizeBytes)} are shown.
        </Notice>
      )}
      {face === 'change' && change ? (
        <DiffView title={change.title} changes={change.changes} unchanged={change.unchanged} />
      ) : face === 'tree' ? (
        <JsonTreeView text={field.text} root={name} label={name} marked={marked} notes={notes} />
      ) : face === 'hex' ? (
        <HexView bytes={bytesOfField(field)} label={name} />
      ) : (
        <Payload
          text={field.text}
          base64={field.base64}
          face={face === 'json' ? 'json' : 'text'}
          label={name}
        />
      )}
      <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2">
        {faces.length > 1 ? (
          <Segmented<Face>
            label={`How the ${name} is shown`}
            segments={faces}
            value={face}
            onChange={setFace}
          />
        ) : null}
        {isExactText(field) || isMasked(field) ? null : (
          <CopyButton text={base64OfField(field)} label={`Copy the ${name} as base64`}>
            Copy base64
          </CopyButton>
        )}
        {field.base64 === null || field.format !== 'text' ? null : (
          <p className="text-xs text-ink-3">
            What cannot be seen, or would turn the line around, is written out here; its bytes are kept.
          </p>
        )}
      </div>
    </>
  );
}

/** How a field can be shown, the best first. Bytes are only there where no policy hides them. */
function facesOf(field: MessageField, isChange: boolean): { value: Face; label: string }[] {
  const isJson = field.format === 'json';
  return [
    ...(isChange ? [{ value: 'change' as const, label: 'Change' }] : []),
    ...(isJson
      ? [
          { value: 'tree' as const, label: 'Tree' },
          { value: 'json' as const, label: 'JSON' },
        ]
      : []),
    ...(isShownInDigits(field) || field.schema !== null
      ? []
      : [{ value: 'text' as const, label: isJson ? 'As stored' : 'Text' }]),
    ...(isMasked(field) || (field.base64 === null && field.schema !== null && !isShownInDigits(field))
      ? []
      : [{ value: 'hex' as const, label: 'Bytes' }]),
  ];
}
