'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Popover } from '#components/ui/popover.tsx';
import { filterExamples, filterFunctions } from '#lib/model/filter-help.ts';

/** Examples to begin with and all that may be called; a choice stands in the expression. */
export function FilterHelp({ note, onExample }: { note: string | null; onExample: (where: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      label="Examples of expressions"
      align="end"
      width={460}
      isOpen={isOpen}
      onOpen={setOpen}
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
        are exact. {note}
      </p>
      {filterExamples.map(({ title, where }) => (
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
    </Popover>
  );
}
