'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { DangerList } from '#components/forms/form.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import type { Problem } from '#lib/model/problem.ts';
import { paths } from '#lib/paths.ts';
import { deleteRuleAction } from '../actions.ts';

/** Takes an alert rule away: what it watched is watched no more. */
export function RemoveRule({ id, name, version }: { id: string; name: string; version: number }) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isPending, setPending] = useState(false);
  const remove = async () => {
    setPending(true);
    setProblem(null);
    const result = await deleteRuleAction({ id, version });
    setPending(false);
    if (!result.ok) return setProblem(result.problem);
    showToast({ outcome: 'good', title: `${name} was deleted.` });
    router.push(paths.alertRules());
  };
  return (
    <div className="mt-6 max-w-[620px]">
      <DangerList
        acts={[
          {
            title: 'Delete rule',
            note: 'What it watches is watched no more, and its open alerts end.',
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
        title={`Delete ${name}`}
        description="Its open alerts end, and say why. The history keeps what it told. To pause it, switch it off instead."
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Keep rule</Button>
            <Button variant="danger" onClick={() => void remove()} isPending={isPending}>
              Delete rule
            </Button>
          </>
        }
      >
        {problem ? <ProblemLine problem={problem} title="Not deleted." /> : null}
      </Dialog>
    </div>
  );
}
