import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { LonePage } from '#components/feedback/lone-page.tsx';
import { clientNetwork } from '#lib/auth/client-address.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { originOf } from '#lib/operations/context.ts';
import { readWall } from '#lib/services/board/read-wall.ts';
import { WallScreen } from './wall-screen.tsx';

export const metadata: Metadata = { title: 'Wall' };

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** A board by its link, full-screen, read-only, without a sign-in. Dark unless the address says `theme=machine`. */
export default async function WallPage({ params, searchParams }: Props) {
  const [{ token }, { theme }, head] = await Promise.all([params, searchParams, headers()]);
  try {
    const board = await readWall(token, clientNetwork(originOf(head).ip));
    return <WallScreen token={token} initial={board} isDark={theme !== 'machine'} />;
  } catch (error) {
    const { what, next } = toProblem(error);
    return <LonePage title={what}>{next}</LonePage>;
  }
}
