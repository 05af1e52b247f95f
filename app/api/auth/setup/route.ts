import { authRoute } from '#lib/auth/auth-route.ts';
import { SetUpInput, setUp } from '#lib/auth/set-up.ts';

export const POST = authRoute({ input: SetUpInput, page: () => '/setup', enter: setUp });
