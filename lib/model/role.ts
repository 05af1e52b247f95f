/** Roles from least to most rights; each includes the one before. Without a schema, so that browsers carry none for it. */
export const roles = ['viewer', 'developer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Whether `role` has at least the rights of `least`. */
export const isAtLeast = (role: Role, least: Role): boolean => roles.indexOf(role) >= roles.indexOf(least);

/** The lower of two roles: what a token of an owner is worth now. */
export const lowerRole = (a: Role, b: Role): Role => (isAtLeast(a, b) ? b : a);
