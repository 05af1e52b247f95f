'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { FieldFrame } from '#components/forms/fields.tsx';
import { DangerList } from '#components/forms/form.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Input } from '#components/ui/input.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import type { Environment } from '#lib/model/cluster.ts';
import type { Problem } from '#lib/model/problem.ts';
import { paths } from '#lib/paths.ts';
import { deleteClusterAction } from '../actions.ts';

/** Takes a cluster out of Millrace after its name was typed. The cluster itself is not touched. */
export function RemoveCluster({
  id,
  name,
  environment,
}: {
  id: string;
  name: string;
  environment: Environment;
}) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isPending, setPending] = useState(false);
  const remove = async () => {
    setPending(true);
    setProblem(null);
    const result = await deleteClusterAction({ id, confirm: typed });
    setPending(false);
    if (!result.ok) return setProblem(result.problem);
    showToast({ outcome: 'good', title: `${name} was removed.` });
    router.push(paths.settingsClusters());
  };
  return (
    <>
      <DangerList
        acts={[
          {
            title: 'Remove cluster',
            note: 'Its connection, secrets and history go. The cluster itself and its data are not touched; the audit stays.',
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
        title={`Remove ${name}`}
        description="Millrace forgets how to reach it. Nothing changes on the cluster."
        environment={environment}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Keep cluster</Button>
            <Button
              variant="danger"
              onClick={() => void remove()}
              isPending={isPending}
              disabled={typed !== name}
            >
              Remove cluster
            </Button>
          </>
        }
      >
        {problem ? <ProblemLine problem={problem} title="Not removed." /> : null}
        <FieldFrame id="remove-cluster-name" label={`Type ${name} to remove it`}>
          <Input
            id="remove-cluster-name"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
          />
        </FieldFrame>
      </Dialog>
    </>
  );
}
