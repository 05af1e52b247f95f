'use client';

import { useRouter } from 'next/navigation';
import { useId } from 'react';
import { FieldFrame } from '#components/forms/fields.tsx';
import { Select } from '#components/ui/input.tsx';
import { alertOffers } from '#lib/model/alert-offers.ts';
import { paths } from '#lib/paths.ts';

/** Begins the form with a rule that is offered ready made. */
export function OfferChoice({ current }: { current: string }) {
  const id = useId();
  const router = useRouter();
  return (
    <div className="mb-4 max-w-[620px]">
      <FieldFrame id={id} label="Begin with">
        <Select
          id={id}
          value={current}
          options={[
            { value: '', label: 'A rule of my own' },
            ...alertOffers.map(({ rule }) => ({ value: rule.name, label: rule.name })),
          ]}
          onChange={(event) => router.replace(paths.newAlertRule({ offer: event.target.value }))}
        />
      </FieldFrame>
    </div>
  );
}
