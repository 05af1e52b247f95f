import { authRoute } from '#lib/auth/auth-route.ts';
import { enterByLink, LinkInput } from '#lib/auth/enter-by-link.ts';
import { withSearch } from '#lib/paths.ts';

export const POST = authRoute({
  input: LinkInput,
  page: ({ token }) => withSearch('/sign-in/link', { token }),
  enter: enterByLink,
});
