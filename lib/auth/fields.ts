import { z } from 'zod';

/** Fields of the forms that strangers fill in. */

export const emailField = z
  .string({ error: 'Write your e-mail address.' })
  .trim()
  .toLowerCase()
  .max(254, 'An e-mail address has at most 254 characters.')
  .pipe(z.email('Write an e-mail address, such as ada@example.com.'));

/** A password that is tried; whether it would be good enough is no business of signing in. */
export const passwordTry = z
  .string({ error: 'Write your password.' })
  .min(1, 'Write your password.')
  .max(128, 'A password has at most 128 characters.');

/** A password that is to be set; `passwordFault` judges it together with who sets it. */
export const passwordChoice = z
  .string({ error: 'Choose a password.' })
  .max(1000, 'Use at most 128 characters.');

export const personName = z
  .string({ error: 'Write your name.' })
  .trim()
  .min(1, 'Write your name.')
  .max(80, 'A name has at most 80 characters.')
  .regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]*$/u, 'A name has no control characters.');

export const linkToken = z
  .string({ error: 'The token is missing.' })
  .trim()
  .regex(/^[A-Za-z0-9_-]{22,43}$/, 'This is not a whole token.');
