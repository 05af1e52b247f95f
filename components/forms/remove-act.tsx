'use client';

import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import type { EnvironmentName } from '#components/ui/environment.tsx';
import { Input } from '#components/ui/input.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import type { Problem } from '#lib/model/problem.ts';
import { FieldFrame } from './fields.tsx';
import { DangerList } from './form.tsx';
import { noAnswer } from './use-action-form.ts';

const past = { Delete: 'deleted', Remove: 'removed' } as const;

/** The last act of a page: takes its thing away after a dialog has said what that means, and leads to the list of the others. */
export function RemoveAct({
  verb,
  noun,
  name,
  note,
  description,
  environment,
  isTyped = false,
  remove,
  href,
}: {
  verb: keyof typeof past;
  noun: string;
  name: string;
  note: string;
  description: string;
  environment?: EnvironmentName;
  /** The name must be typed first. */
  isTyped?: boolean;
  remove: (typed: string) => Promise<{ ok: true } | { ok: false; problem: Problem }>;
  href: string;
}) {
  const router = useRouter();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isPending, setPending] = useState(false);
  const act = async () => {
    setPending(true);
    setProblem(null);
    const result = await remove(typed).catch(() => ({ ok: false as const, problem: noAnswer }));
    setPending(false);
    if (!result.ok) return setProblem(result.problem);
    showToast({ outcome: 'good', title: `${name} was ${past[verb]}.` });
    router.push(href);
  };
  return (
    <>
      <DangerList
        acts={[
          {
            title: `${verb} ${noun}`,
            note,
            action: (
              <Button variant="danger-quiet" onClick={() => setOpen(true)}>
                Plan
              </Button>
            ),
          },
        ]}
      />
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={`${verb} ${name}`}
        description={description}
        {...(environment ? { environment } : {})}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Keep {noun}</Button>
            <Button
              variant="danger"
              onClick={() => void act()}
              isPending={isPending}
              disabled={isTyped && typed !== name}
            >
              {verb} {noun}
            </Button>
          </>
        }
      >
        {problem ? <ProblemLine problem={problem} title={`Not ${past[verb]}.`} /> : null}
        {isTyped ? (
          <FieldFrame id={id} label={`Type ${name} to ${verb.toLowerCase()} it`}>
            <Input
              id={id}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
            />
          </FieldFrame>
        ) : null}
      </Dialog>
    </>
  );
}
