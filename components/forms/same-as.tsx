'use client';

import type { ReactNode } from 'react';
import { useState } from 'react';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Segmented } from '#components/ui/segmented.tsx';

/** The same change by another tool: `kafka-topics`, with its text. */
export type SameAsText = { label: string; text: string };

/** How old the plan is, and the same change written for other tools. */
export function SameAs({ texts, aside }: { texts: readonly SameAsText[]; aside?: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const [label, setLabel] = useState(texts[0]?.label ?? '');
  const text = texts.find((each) => each.label === label) ?? texts[0];
  return (
    <>
      <div className="plan-foot">
        <span>{aside}</span>
        {text ? (
          <button
            type="button"
            className="link whitespace-nowrap"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            Same as {texts.map((each) => each.label).join(', ')}
          </button>
        ) : null}
      </div>
      {isOpen && text ? (
        <div className="mt-2">
          {texts.length > 1 ? (
            <Segmented
              label="Same as"
              className="mb-2"
              segments={texts.map((each) => ({ value: each.label, label: each.label }))}
              value={text.label}
              onChange={setLabel}
            />
          ) : null}
          <CodeBlock label={text.label} copy={text.text}>
            {text.text}
          </CodeBlock>
        </div>
      ) : null}
    </>
  );
}
