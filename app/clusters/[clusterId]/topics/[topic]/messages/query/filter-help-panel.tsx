'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Popover } from '#components/ui/popover.tsx';
import type { FilterFields } from '#lib/model/filter-check.ts';
import { examplesOf } from '#lib/model/filter-examples.ts';
import { filterExamples, filterFunctions, filterNumbers } from '#lib/model/filter-help.ts';

/** Examples to begin with and all that may be called; a choice stands in the expression. */
export function FilterHelp({
  fields,
  onOpen,
  onExample,
}: {
  fields: FilterFields | undefined;
  /** The fields of the topic are wanted. */
  onOpen: () => void;
  onExample: (where: string) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const own = examplesOf(fields?.fields ?? []);
  const examples = own.length > 0 ? own : filterExamples;
  return (
    <Popover
      label="Examples of expressions"
      align="end"
      width={460}
      isOpen={isOpen}
      onOpen={(next) => {
        setOpen(next);
        if (next) onOpen();
      }}
      trigger={
        <Button size="sm" variant="bare">
          Examples
        </Button>
      }
    >
      <p className="part text-xs text-ink-2">
        An expression in CEL over <span className="name">key</span>, <span className="name">value</span>,{' '}
        <span className="name">headers</span>, <span className="name">timestamp</span>,{' '}
        <span className="name">partition</span>, <span className="name">offset</span>,{' '}
        <span className="name">size</span> and <span className="name">topic</span>. Whole numbers of 64 bits
        are exact.
        {own.length > 0 ? ' These examples are made of what this topic holds.' : ''}
      </p>
      {examples.map(({ title, where }) => (
        <button
          key={title}
          type="button"
          className="it py-0.5"
          onClick={() => {
            setOpen(false);
            onExample(where);
          }}
        >
          <span className="min-w-0">
            {title}
            <span className="two name truncate">{where}</span>
          </span>
        </button>
      ))}
      <div className="sep" />
      <div className="hd">What may be called</div>
      <dl className="part grid gap-1.5 text-xs">
        {filterFunctions.map(({ name, signature, isMethod, what, example }) => (
          <div key={name}>
            <dt className="name">{isMethod ? `.${signature}` : signature}</dt>
            <dd className="text-ink-3">
              {what} <span className="name text-ink-2">{example}</span>
            </dd>
          </div>
        ))}
      </dl>
      <div className="sep" />
      <div className="hd">Numbers, times and what is missing</div>
      <ul className="part grid gap-1 text-xs text-ink-2">
        {filterNumbers.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Popover>
  );
}
