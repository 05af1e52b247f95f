import type { Expression } from './expression.ts';
/** Filled below. */
export const needlesOf = (_node: Expression): Buffer[][] => [];
