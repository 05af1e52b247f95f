import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { Entrance } from '#components/entrance/entrance.tsx';
import { EntranceForm } from '#components/entrance/entrance-form.tsx';
import { principalOf } from '#lib/auth/principal-of.ts';
import { problemOfCode } from '#lib/auth/problem-of-code.ts';
import { localPath } from '#lib/auth/request-guard.ts';
import { isSetUpOpen } from '#lib/auth/set-up.ts';
import { env } from '#lib/env.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import type { Problem } from '#lib/model/problem.ts';

export const metadata: Metadata = { title: 'Sign in' };

type Search = Promise<Record<string, string | string[] | undefined>>;

/** Where a visitor stands; a problem in words when the database cannot tell. */
async function stateOf(visitor: Headers): Promise<'signed-in' | 'first-start' | 'open' | Problem> {
  try {
    if (await principalOf(visitor)) return 'signed-in';
    return (await isSetUpOpen()) ? 'first-start' : 'open';
  } catch (error) {
    return toProblem(error);
  }
}

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const { next, problem, wait } = await searchParams;
  const target = localPath(typeof next === 'string' ? next : null, env().publicOrigin);
  const state = await stateOf(await headers());
  if (state === 'signed-in') redirect(target);
  if (state === 'first-start') redirect('/setup');
  return (
    <Entrance title="Sign in" foot="No account yet? An admin invites you by a link.">
      <EntranceForm
        action="/api/auth/sign-in"
        submit="Sign in"
        problem={state === 'open' ? problemOfCode(problem, wait) : state}
        hidden={target === '/' ? {} : { next: target }}
        fields={[
          { name: 'email', label: 'E-mail', kind: 'email', autoComplete: 'username' },
          { name: 'password', label: 'Password', kind: 'password', autoComplete: 'current-password' },
        ]}
      />
    </Entrance>
  );
}
