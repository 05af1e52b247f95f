import type { Metadata } from 'next';
import Link from 'next/link';
import { Entrance } from '#components/entrance/entrance.tsx';
import { EntranceForm } from '#components/entrance/entrance-form.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { readInvitation } from '#lib/auth/accept-invitation.ts';
import { problemOfCode } from '#lib/auth/problem-of-code.ts';

export const metadata: Metadata = { title: 'Invitation' };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function InvitePage({ searchParams }: { searchParams: Search }) {
  const { token, problem, wait } = await searchParams;
  const invite = typeof token === 'string' ? await readInvitation(token) : null;
  if (!invite || typeof token !== 'string') {
    return (
      <Entrance title="Invitation" foot={<Link href="/sign-in">Sign in with e-mail and password</Link>}>
        <Notice tone="critical" title="This invitation was used already, was withdrawn, or its time is over.">
          Ask an admin for a new one.
        </Notice>
      </Entrance>
    );
  }
  return (
    <Entrance title="Join Millrace">
      <p className="mb-4">
        You are invited as <b>{invite.email}</b>, with the role {invite.role}.
      </p>
      <EntranceForm
        action="/api/auth/invite"
        submit="Join"
        problem={problemOfCode(problem, wait)}
        hidden={{ token }}
        fields={[
          { name: 'name', label: 'Your name', kind: 'text', autoComplete: 'name' },
          {
            name: 'password',
            label: 'Password',
            kind: 'new-password',
            autoComplete: 'new-password',
            help: '12 to 128 characters. Several unrelated words are good.',
          },
        ]}
      />
    </Entrance>
  );
}
