'use client';

import { Plus, X } from 'lucide-react';
import { Button, IconButton } from '#components/ui/button.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { type HeaderEncoding, maxDraftHeaders } from '#lib/model/message-draft.ts';

/** `id` is for the screen only: rows keep their controls when one between them goes. */
export type HeaderRow = { id: number; name: string; value: string; encoding: HeaderEncoding };

let lastId = 0;
export const newHeader = (): HeaderRow => {
  lastId += 1;
  return { id: lastId, name: '', value: '', encoding: 'text' };
};

const encodings: { value: HeaderEncoding; label: string }[] = [
  { value: 'text', label: 'Text' },
  { value: 'base64', label: 'Base64' },
  { value: 'hex', label: 'Hex' },
];

/** Headers in the order they are sent; a name may stand more than once. */
export function HeaderRows({
  rows,
  onRows,
  onAdd,
  errors,
  areShown,
}: {
  rows: readonly HeaderRow[];
  onRows: (rows: HeaderRow[]) => void;
  onAdd: () => void;
  /** By path, such as `headers.0.value`. */
  errors: Readonly<Record<string, string>>;
  /** Sending was tried: what is wrong is said of every row, not only of those that were filled. */
  areShown: boolean;
}) {
  const change = (id: number, part: Partial<HeaderRow>) =>
    onRows(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  return (
    <fieldset className="fld">
      <legend className="lb mb-1 font-medium">
        Headers <span className="opt">optional, sent in this order</span>
      </legend>
      {rows.map((row, index) => {
        const nameError = areShown ? errors[`headers.${index}.name`] : undefined;
        const valueError = row.value === '' ? undefined : errors[`headers.${index}.value`];
        return (
          <div key={row.id} className="mb-2">
            <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)_92px_24px] items-center gap-2">
              <Input
                aria-label={`Name of header ${index + 1}`}
                placeholder="Name"
                value={row.name}
                isMono
                spellCheck={false}
                aria-invalid={nameError ? true : undefined}
                onChange={(event) => change(row.id, { name: event.target.value })}
              />
              <Input
                aria-label={`Value of header ${index + 1}`}
                placeholder="Value"
                value={row.value}
                isMono
                spellCheck={false}
                aria-invalid={valueError ? true : undefined}
                onChange={(event) => change(row.id, { value: event.target.value })}
              />
              <Select
                aria-label={`Header ${index + 1} is`}
                options={encodings}
                value={row.encoding}
                onChange={(event) => change(row.id, { encoding: event.target.value as HeaderEncoding })}
              />
              <IconButton
                label={`Remove header ${index + 1}`}
                size="sm"
                variant="bare"
                onClick={() => onRows(rows.filter((each) => each.id !== row.id))}
              >
                <X className="ic" aria-hidden="true" />
              </IconButton>
            </div>
            {[nameError, valueError].map((error) =>
              error ? (
                <div key={error} className="er" role="alert">
                  <Mark name="critical" />
                  <span>{error}</span>
                </div>
              ) : null,
            )}
          </div>
        );
      })}
      <Button size="sm" onClick={onAdd} disabled={rows.length >= maxDraftHeaders}>
        <Plus className="ic" aria-hidden="true" /> Add header
      </Button>
    </fieldset>
  );
}
