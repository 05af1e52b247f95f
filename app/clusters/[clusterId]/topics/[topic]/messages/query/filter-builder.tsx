'use client';

import { Plus, X } from 'lucide-react';
import { useId, useState } from 'react';
import { Button, IconButton } from '#components/ui/button.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import { Mark } from '#components/ui/mark.tsx';
import {
  celOf,
  conditionsOf,
  type FilterCondition,
  type FilterOperator,
  filterOperators,
  kindOfType,
  kindOfValue,
  needsValue,
  operatorsFor,
  problemOfValue,
} from '#lib/model/filter-builder.ts';
import type { FilterField } from '#lib/model/filter-check.ts';

const fixedTypes: Readonly<Record<string, string>> = {
  timestamp: 'timestamp',
  partition: 'int',
  offset: 'int',
  size: 'int',
  topic: 'string',
};

const newRow: FilterCondition = { path: '', operator: 'is', kind: 'text', value: '' };

/** Rows of field, operator and value; what they say stands in the expression above as it is made. */
export function FilterBuilder({
  where,
  fields,
  onWhere,
  onClose,
}: {
  where: string;
  fields: readonly FilterField[];
  onWhere: (where: string) => void;
  onClose: () => void;
}) {
  const listId = useId();
  const [rows, setRows] = useState<readonly FilterCondition[] | null>(() => startOf(where));
  // What was written by hand since is read back, as long as rows can say it.
  const [written, setWritten] = useState(where);
  if (where !== written) {
    setWritten(where);
    setRows(startOf(where));
  }
  const set = (next: readonly FilterCondition[]) => {
    const text = celOf(next);
    setRows(next);
    setWritten(text);
    if (text !== where) onWhere(text);
  };
  const typeOf = (path: string) =>
    fields.find((field) => field.path === path)?.type ?? fixedTypes[path] ?? 'any';
  return (
    <section className="border-t border-line py-1.5 pr-2 pl-2.5" aria-label="Builder">
      {rows === null ? (
        <p className="flex flex-wrap items-center gap-2 text-xs text-ink-2">
          The expression says more than rows of field and value can.
          <Button size="sm" onClick={() => set([newRow])}>
            Replace it
          </Button>
          <Button size="sm" variant="bare" onClick={onClose}>
            Keep the expression
          </Button>
        </p>
      ) : (
        <>
          <datalist id={listId}>
            {fields.map(({ path, type }) => (
              <option key={path} value={path}>
                {type}
              </option>
            ))}
          </datalist>
          <ul className="grid gap-1.5">
            {rows.map((row, at) => (
              <BuilderRow
                // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; two may say the same
                key={at}
                row={row}
                number={at + 1}
                type={typeOf(row.path)}
                listId={listId}
                onRow={(next) => set(rows.with(at, next))}
                onPath={(path) => set(rows.with(at, withPath(row, path, typeOf(path))))}
                onRemove={() => set(rows.toSpliced(at, 1))}
              />
            ))}
          </ul>
          <div className="mt-1.5 flex items-center gap-2">
            <Button size="sm" variant="bare" onClick={() => set([...rows, newRow])}>
              <Plus className="ic" aria-hidden="true" /> Add row
            </Button>
            <span className="text-xs text-ink-3">
              All rows hold at once. The expression above says the same and can be written on.
            </span>
            <Button size="sm" variant="bare" className="ml-auto" onClick={onClose}>
              Close builder
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

function startOf(where: string): readonly FilterCondition[] | null {
  const found = conditionsOf(where);
  return found?.length === 0 ? [newRow] : found;
}

/** The row about another field: what its type cannot be asked becomes what it can. */
function withPath(row: FilterCondition, path: string, type: string): FilterCondition {
  const operators = operatorsFor(type);
  const operator = operators.includes(row.operator) ? row.operator : (operators[0] ?? 'isThere');
  return withKind({ ...row, path: path.trim(), operator }, type);
}

const withKind = (row: FilterCondition, type: string): FilterCondition => ({
  ...row,
  kind: type === 'any' ? kindOfValue(row.value) : kindOfType(type),
});

function BuilderRow({
  row,
  number,
  type,
  listId,
  onRow,
  onPath,
  onRemove,
}: {
  row: FilterCondition;
  number: number;
  type: string;
  listId: string;
  onRow: (row: FilterCondition) => void;
  onPath: (path: string) => void;
  onRemove: () => void;
}) {
  const id = useId();
  const [isLeft, setLeft] = useState(false);
  const problem = isLeft ? problemOfValue(row) : null;
  const operators = operatorsFor(type);
  const choices = operators.includes(row.operator) ? operators : [row.operator, ...operators];
  return (
    <li className="flex flex-wrap items-center gap-2">
      <span className="w-9 text-xs text-ink-3">{number === 1 ? '' : 'and'}</span>
      <Input
        isMono
        list={listId}
        aria-label={`Field of row ${number}`}
        placeholder="Field"
        value={row.path}
        onChange={(event) => onPath(event.target.value)}
        boxClassName="w-[260px] max-w-full"
      />
      <Select
        aria-label={`Operator of row ${number}`}
        value={row.operator}
        onChange={(event) => onRow({ ...row, operator: event.target.value as FilterOperator })}
        options={choices.map((operator) => ({ value: operator, label: filterOperators[operator] }))}
      />
      {needsValue(row.operator) ? (
        <Input
          isMono
          aria-label={`Value of row ${number}`}
          placeholder={row.operator === 'oneOf' ? 'Values, divided by commas' : 'Value'}
          value={row.value}
          onChange={(event) => onRow(withKind({ ...row, value: event.target.value }, type))}
          onBlur={() => setLeft(true)}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${id}-error` : undefined}
          boxClassName="min-w-[140px] flex-1"
        />
      ) : null}
      <IconButton label={`Remove row ${number}`} size="sm" variant="bare" onClick={onRemove}>
        <X className="ic text-ink-3" aria-hidden="true" />
      </IconButton>
      {problem ? (
        <span
          id={`${id}-error`}
          role="alert"
          className="flex basis-full items-baseline gap-1.5 pl-11 text-xs text-critical"
        >
          <Mark name="critical" /> {problem}
        </span>
      ) : null}
    </li>
  );
}
