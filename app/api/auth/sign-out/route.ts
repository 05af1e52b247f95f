import { authRoute } from '#lib/auth/auth-route.ts';
import { SignOutInput, signOut } from '#lib/auth/sign-out.ts';

export const POST = authRoute({ input: SignOutInput, page: () => '/sign-in', enter: signOut });
