'use client';

import { RemoveAct } from '#components/forms/remove-act.tsx';
import { paths } from '#lib/paths.ts';
import { deleteMaskAction } from '../actions.ts';

/** Takes a masking policy away: what it hid is shown. */
export const RemoveMask = ({ id, name, version }: { id: string; name: string; version: number }) => (
  <div className="max-w-[760px]">
    <RemoveAct
      verb="Delete"
      noun="policy"
      name={name}
      note="What it hides is shown to all who may read messages, from the next reading on."
      description="What it hides is shown from the next reading on. Its keyed hashes cannot be made again: a new policy has another key."
      remove={() => deleteMaskAction({ id, version })}
      href={paths.masks()}
    />
  </div>
);
