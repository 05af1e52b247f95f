'use client';

import { RemoveAct } from '#components/forms/remove-act.tsx';
import { paths } from '#lib/paths.ts';
import { deleteRuleAction } from '../actions.ts';

/** Takes an alert rule away: what it watched is watched no more. */
export const RemoveRule = ({ id, name, version }: { id: string; name: string; version: number }) => (
  <div className="mt-6 max-w-[620px]">
    <RemoveAct
      verb="Delete"
      noun="rule"
      name={name}
      note="What it watches is watched no more, and its open alerts end."
      description="Its open alerts end, and say why. The history keeps what it told. To pause it, switch it off instead."
      remove={() => deleteRuleAction({ id, version })}
      href={paths.alertRules()}
    />
  </div>
);
