'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { useOnce } from '#components/forms/use-once.ts';
import { Button } from '#components/ui/button.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { formatCountOf } from '#lib/format.ts';
import { alertOffers } from '#lib/model/alert-offers.ts';
import type { Problem } from '#lib/model/problem.ts';
import { adoptRulesAction } from './actions.ts';

/** Adds the rules for the first day that are not there yet, by one press; nothing when all are. */
export function AdoptRules({ taken }: { taken: readonly string[] }) {
  const router = useRouter();
  const once = useOnce();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isPending, setPending] = useState(false);
  const left = alertOffers.filter(({ rule, isForDayOne }) => isForDayOne && !taken.includes(rule.name));
  if (left.length === 0) return null;
  const adopt = async () => {
    setPending(true);
    setProblem(null);
    const result = await adoptRulesAction({}, once.of(left.length));
    once.answered();
    setPending(false);
    if (!result.ok) return setProblem(result.problem);
    showToast({
      outcome: 'good',
      title: `${formatCountOf(result.value.added, 'rule was', 'rules were')} added.`,
    });
    router.refresh();
  };
  const rules = formatCountOf(left.length, 'rule', 'rules');
  return (
    <div className="grid justify-items-start gap-2">
      {problem ? <ProblemLine problem={problem} title="Not added." /> : null}
      {taken.length > 0 ? (
        <p className="mt-4 max-w-[68ch] text-ink-3">
          Of the rules for the first day, {rules} {left.length === 1 ? 'is' : 'are'} not in use:{' '}
          {left.map(({ rule }) => rule.name.replace(/^[A-Z]/, (letter) => letter.toLowerCase())).join(', ')}.
        </p>
      ) : null}
      <Button
        variant={taken.length > 0 ? 'default' : 'primary'}
        isPending={isPending}
        onClick={() => void adopt()}
      >
        {taken.length > 0 ? `Add ${left.length === 1 ? 'it' : 'them'}` : `Add ${rules} for the first day`}
      </Button>
    </div>
  );
}
