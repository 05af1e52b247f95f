import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import type { Role } from '#lib/model/principal.ts';
import type { Problem } from '#lib/model/problem.ts';

/** What somebody reads who opens a page of settings that only admins may use. */
export const onlyAdmins = (role: Role): Problem =>
  toProblem(new AppError('auth.forbidden', { role, permission: 'admin' }));
