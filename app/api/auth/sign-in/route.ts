import { authRoute } from '#lib/auth/auth-route.ts';
import { SignInInput, signIn } from '#lib/auth/sign-in.ts';
import { withSearch } from '#lib/paths.ts';

export const POST = authRoute({
  input: SignInInput,
  page: ({ next }) => withSearch('/sign-in', { next }),
  enter: signIn,
});
