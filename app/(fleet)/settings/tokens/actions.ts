'use server';

import { expose } from '#lib/operations/expose.ts';
import { createToken } from '#lib/services/token/create-token.ts';
import { revokeToken } from '#lib/services/token/revoke-token.ts';

export const createTokenAction = expose(createToken);
export const revokeTokenAction = expose(revokeToken);
