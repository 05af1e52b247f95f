'use client';

import { useEffect, useState } from 'react';
import { checkJson } from '#lib/model/json-text.ts';
import type { ProducePlan } from '#lib/model/message-draft.ts';
import type { Problem } from '#lib/model/problem.ts';
import { planProduceMessageAction } from '../actions.ts';
import type { DraftInput } from './draft-values.ts';

export type DraftCheck = { plan: ProducePlan | null; problem: Problem | null; isChecking: boolean };

/** How long nothing was typed before the server is asked, in milliseconds. */
const pauseMs = 400;

const isReady = (input: DraftInput, side: 'key' | 'value'): boolean =>
  input[`${side}Encoding`] === 'schema' && Boolean(input[`${side}Schema`]);
const isJson = (text: string | undefined): boolean => checkJson(text ?? '', 10_000).ok;

/**
 * What the server says of a draft by schema, asked when typing pauses. It is about exactly this draft: while another one is being
 * checked there is no answer.
 */
export function useDraftCheck(input: DraftInput): DraftCheck {
  const [known, setKnown] = useState<{
    of: string;
    plan: ProducePlan | null;
    problem: Problem | null;
  } | null>(null);
  const sides = (['key', 'value'] as const).filter((side) => isReady(input, side));
  const isWanted = sides.length > 0 && sides.every((side) => isJson(input[side]));
  // What is wrong in the other fields is said by the form; it must not keep the schema from being asked.
  const text = isWanted
    ? JSON.stringify({
        ...input,
        headers: [],
        timestamp: '',
        partition: /^\d{1,6}$/.test(input.partition ?? '') ? input.partition : '',
        ...(isReady(input, 'key') ? {} : { key: '', keyEncoding: 'none' }),
        ...(isReady(input, 'value') ? {} : { value: '', valueEncoding: 'none' }),
      })
    : null;
  useEffect(() => {
    if (text === null) return;
    let isGone = false;
    const timer = setTimeout(() => {
      planProduceMessageAction(JSON.parse(text) as DraftInput).then(
        (result) => {
          if (isGone) return;
          setKnown(
            result.ok
              ? { of: text, plan: result.value, problem: null }
              : { of: text, plan: null, problem: result.problem },
          );
        },
        () => undefined,
      );
    }, pauseMs);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [text]);
  const isCurrent = text !== null && known?.of === text;
  return {
    plan: isCurrent ? known.plan : null,
    problem: isCurrent ? known.problem : null,
    isChecking: text !== null && !isCurrent,
  };
}
