'use client';

import { X } from 'lucide-react';
import { Button, IconButton } from '#components/ui/button.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import { Mark } from '#components/ui/mark.tsx';
import type { MaskAction, MaskRule, MaskSelector, MaskSide } from '#lib/model/mask.ts';
import { newRule } from './mask-values.ts';
import { actionChoices, selectorChoices, sideChoices } from './mask-words.ts';

/** The rules of a policy, one per line. */
export function RuleRows({
  rules,
  onRules,
  errors,
}: {
  rules: readonly MaskRule[];
  onRules: (rules: MaskRule[]) => void;
  /** By path, such as `rules.0.at`. */
  errors: Readonly<Record<string, string>>;
}) {
  const change = (index: number, part: Partial<MaskRule>) =>
    onRules(rules.map((rule, at) => (at === index ? { ...rule, ...part } : rule)));
  return (
    <div className="grid gap-2">
      {rules.map((rule, index) => {
        const error = errors[`rules.${index}.at`];
        const word = `of rule ${index + 1}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no name but their place
          <fieldset key={index} className="fld">
            <legend className="sr-only">Rule {index + 1}</legend>
            <div className="flex flex-wrap items-center gap-2">
              <Select
                aria-label={`Action ${word}`}
                value={rule.action}
                options={actionChoices}
                onChange={(event) => change(index, { action: event.target.value as MaskAction })}
              />
              <Select
                aria-label={`Part ${word}`}
                value={rule.side}
                options={sideChoices}
                onChange={(event) => change(index, { side: event.target.value as MaskSide })}
              />
              <Select
                aria-label={`Kind ${word}`}
                value={rule.select}
                options={selectorChoices}
                onChange={(event) => change(index, { select: event.target.value as MaskSelector })}
              />
              {rule.select === 'whole' ? (
                <span className="grow" />
              ) : (
                <Input
                  aria-label={`${rule.select === 'path' ? 'Path' : 'Name'} ${word}`}
                  aria-invalid={error ? true : undefined}
                  aria-describedby={error ? `rule-${index}-error` : undefined}
                  value={rule.at}
                  isMono
                  boxClassName="grow"
                  placeholder={placeholderOf(rule)}
                  spellCheck={false}
                  onChange={(event) => change(index, { at: event.target.value })}
                />
              )}
              <IconButton
                label={`Remove rule ${index + 1}`}
                variant="bare"
                size="sm"
                onClick={() => onRules(rules.filter((_, at) => at !== index))}
              >
                <X className="ic" aria-hidden="true" />
              </IconButton>
            </div>
            {error ? (
              <div className="er" id={`rule-${index}-error`} role="alert">
                <Mark name="critical" />
                <span>{error}</span>
              </div>
            ) : null}
          </fieldset>
        );
      })}
      <div>
        <Button size="sm" onClick={() => onRules([...rules, newRule])}>
          Add rule
        </Button>
      </div>
    </div>
  );
}

function placeholderOf({ side, select }: MaskRule): string {
  if (side === 'header') return 'Authorization';
  return select === 'name' ? 'email' : 'customer.email';
}
