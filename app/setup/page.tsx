import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Entrance } from '#components/entrance/entrance.tsx';
import { EntranceForm } from '#components/entrance/entrance-form.tsx';
import { problemOfCode } from '#lib/auth/problem-of-code.ts';
import { isSetUpOpen } from '#lib/auth/set-up.ts';

export const metadata: Metadata = { title: 'First start' };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function SetupPage({ searchParams }: { searchParams: Search }) {
  if (!(await isSetUpOpen())) redirect('/sign-in');
  const { problem, wait } = await searchParams;
  return (
    <Entrance title="First start" foot="Restart Millrace to get a new token.">
      <p className="mb-4">
        There is no admin yet. Millrace printed a setup token to the terminal it was started from, valid for
        an hour; with it you become the first one.
      </p>
      <EntranceForm
        action="/api/auth/setup"
        submit="Make the first admin"
        problem={problemOfCode(problem, wait)}
        fields={[
          { name: 'token', label: 'Setup token', kind: 'token', autoComplete: 'off' },
          { name: 'name', label: 'Your name', kind: 'text', autoComplete: 'name' },
          { name: 'email', label: 'E-mail', kind: 'email', autoComplete: 'username' },
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
