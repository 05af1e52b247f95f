'use client';

import { useEffect, useId, useState } from 'react';
import { FieldFrame } from '#components/forms/fields.tsx';
import { noAnswer } from '#components/forms/use-action-form.ts';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Select, Textarea } from '#components/ui/input.tsx';
import { Bank } from '#components/ui/section.tsx';
import { formatCountOf } from '#lib/format.ts';
import type { MaskSide, MaskTrialAnswer } from '#lib/model/mask.ts';
import type { Problem } from '#lib/model/problem.ts';
import { planUpdateMaskAction } from './actions.ts';
import { type MaskValues, toInput } from './mask-values.ts';
import { sideChoices } from './mask-words.ts';

/** How long a hand must rest before the server is asked, in milliseconds. */
const restMs = 350;
const againMs = 10_000;

/** What the policy would do, as it is typed: to a sample, and to which topics that exist now. */
export function MaskTrial({ values }: { values: MaskValues }) {
  const id = useId();
  const [side, setSide] = useState<MaskSide>('value');
  const [sample, setSample] = useState('');
  const answer = useTrial(values, side, sample);
  return (
    <>
      <Bank title="Topics it means now" isPadded>
        <TopicsMeant values={values} answer={answer} />
      </Bank>
      <Bank title="Try it" note="what is pasted here is not kept" isPadded>
        <div className="grid gap-4">
          <div className="grid-2">
            <FieldFrame id={`${id}-side`} label="Read the sample as">
              <Select
                id={`${id}-side`}
                value={side}
                options={sideChoices}
                onChange={(event) => setSide(event.target.value as MaskSide)}
              />
            </FieldFrame>
          </div>
          <FieldFrame
            id={`${id}-sample`}
            label="Sample"
            help={side === 'header' ? 'One header per line, as name: value.' : 'JSON, or any text.'}
          >
            <Textarea
              id={`${id}-sample`}
              value={sample}
              rows={6}
              isMono
              onChange={(event) => setSample(event.target.value)}
              placeholder={
                side === 'header' ? 'Authorization: Bearer …' : '{"customer": {"email": "a@b.example"}}'
              }
            />
          </FieldFrame>
          <div aria-live="polite">
            {answer.problem ? (
              <p className="text-ink-2">{sentenceOf(answer.problem)}</p>
            ) : answer.value?.sample ? (
              <>
                <CodeBlock label="As it is seen">{answer.value.sample.text}</CodeBlock>
                <p className="mt-1 text-ink-3">
                  {answer.value.sample.isMasked ? '' : 'Nothing of it is masked. '}
                  {answer.value.sample.note}
                </p>
              </>
            ) : null}
          </div>
        </div>
      </Bank>
    </>
  );
}

const sentenceOf = (problem: Problem): string =>
  problem.code === 'input.invalid' ? 'Shown when the rules can be read.' : `${problem.what} ${problem.next}`;

type Trial = { value: MaskTrialAnswer | null; problem: Problem | null; isCurrent: boolean };

/** Asks when the hand rests; only the answer to the newest question counts. */
function useTrial(values: MaskValues, side: MaskSide, sample: string): Trial {
  const [answer, setAnswer] = useState({
    question: '',
    value: null as MaskTrialAnswer | null,
    problem: null as Problem | null,
  });
  const { clusterId, topicPattern, base, rules } = toInput(values);
  const question = JSON.stringify({
    ...{ clusterId, topicPattern, base, side, sample },
    // A rule that is not written yet is no mistake.
    rules: rules.filter((rule) => rule.select === 'whole' || rule.at.trim() !== ''),
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let isOver = false;
    const ask = async () => {
      try {
        const result = await planUpdateMaskAction(JSON.parse(question));
        if (isOver) return;
        setAnswer(
          result.ok
            ? { question, value: result.value, problem: null }
            : { question, value: null, problem: result.problem },
        );
      } catch {
        if (!isOver) setAnswer({ question, value: null, problem: noAnswer });
      }
      // Topics come and go while a policy is written.
      if (!isOver) timer = setTimeout(ask, againMs);
    };
    timer = setTimeout(ask, restMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [question]);
  return { value: answer.value, problem: answer.problem, isCurrent: answer.question === question };
}

function TopicsMeant({
  values,
  answer: { value: answer, problem, isCurrent },
}: {
  values: MaskValues;
  answer: Trial;
}) {
  if (values.topicPattern.trim() === '')
    return <p className="text-ink-3">No topic yet: write a pattern above.</p>;
  if (problem && isCurrent) return <p className="text-ink-2">{sentenceOf(problem)}</p>;
  if (!answer || !isCurrent) return <p className="text-ink-3">Looking.</p>;
  return (
    <div className="grid gap-2">
      {answer.clusters.map(({ id, name, topics, total, isKnown }) => (
        <div key={id}>
          <b>{name}</b>{' '}
          <span className="text-ink-3">
            {isKnown
              ? total === 0
                ? 'no topic now'
                : formatCountOf(total, 'topic', 'topics')
              : 'has not been read yet'}
          </span>
          {topics.length > 0 ? (
            <div className="name max-h-[120px] overflow-auto break-all text-ink-2">
              {topics.join(', ')}
              {total > topics.length ? ` and ${total - topics.length} more` : ''}
            </div>
          ) : null}
        </div>
      ))}
      <p className="text-ink-3">Topics made later are meant too, from their first record.</p>
    </div>
  );
}
