import type { Metadata } from 'next';
import Link from 'next/link';
import { Entrance } from '#components/entrance/entrance.tsx';
import { EntranceForm } from '#components/entrance/entrance-form.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { readSignInLink } from '#lib/auth/enter-by-link.ts';
import { problemOfCode } from '#lib/auth/problem-of-code.ts';

export const metadata: Metadata = { title: 'Sign in by link' };

type Search = Promise<Record<string, string | string[] | undefined>>;

/** Waits for a click: a browser or a mail scanner that only looks at the link must not spend it. */
export default async function SignInLinkPage({ searchParams }: { searchParams: Search }) {
  const { token, problem, wait } = await searchParams;
  const person = typeof token === 'string' ? await readSignInLink(token) : null;
  if (!person || typeof token !== 'string') {
    return (
      <Entrance title="Sign in by link" foot={<Link href="/sign-in">Sign in with e-mail and password</Link>}>
        <Notice tone="critical" title="This sign-in link was used already, or its time is over.">
          Ask for a new one.
        </Notice>
      </Entrance>
    );
  }
  return (
    <Entrance title="Sign in by link" foot="The link works once.">
      <p className="mb-4">
        You will be signed in as <b>{person.name}</b>, with the role {person.role}.
      </p>
      <EntranceForm
        action="/api/auth/link"
        submit={`Sign in as ${person.name}`}
        problem={problemOfCode(problem, wait)}
        hidden={{ token }}
        fields={[]}
      />
    </Entrance>
  );
}
