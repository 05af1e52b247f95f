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
import { deleteMaskAction } from '../actions.ts';

/** Takes a masking policy away: what it hid is shown. */
export function RemoveMask({ id, name, version }: { id: string; name: string; version: number }) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isPending, setPending] = useState(false);
  const remove = async () => {
    setPending(true);
    setProblem(null);
    const result = await deleteMaskAction({ id, version });
    setPending(false);
    if (!result.ok) return setProblem(result.problem);
    showToast({ outcome: 'good', title: `${name} was deleted.` });
    router.push(paths.masks());
  };
  return (
    <div className="max-w-[760px]">
      <DangerList
        acts={[
          {
            title: 'Delete policy',
            note: 'What it hides is shown to all who may read messages, from the next reading on.',
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
        description="What it hides is shown from the next reading on. Its keyed hashes cannot be made again: a new policy has another key."
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Keep policy</Button>
            <Button variant="danger" onClick={() => void remove()} isPending={isPending}>
              Delete policy
            </Button>
          </>
        }
      >
        {problem ? <ProblemLine problem={problem} title="Not deleted." /> : null}
      </Dialog>
    </div>
  );
}
