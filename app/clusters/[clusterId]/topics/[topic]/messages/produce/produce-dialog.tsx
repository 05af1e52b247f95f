'use client';

import dynamic from 'next/dynamic';
import type { MessageDetail } from '#lib/model/message.ts';
import { ProduceSheet, type ProduceSheetProps } from '../produce-sheet.tsx';

const ProduceManySheet = dynamic(
  () => import('./produce-many-sheet.tsx').then((module) => module.ProduceManySheet),
  { ssr: false },
);

/** One record, or many from a file. */
export function ProduceDialog({
  isMany,
  onMany,
  from,
  ...props
}: ProduceSheetProps & {
  isMany: boolean;
  onMany: (isMany: boolean) => void;
  from: MessageDetail | null;
}) {
  return isMany ? (
    <ProduceManySheet {...props} onOne={() => onMany(false)} />
  ) : (
    <ProduceSheet {...props} from={from} onMany={() => onMany(true)} />
  );
}
