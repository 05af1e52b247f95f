/**
 * What a person reads when something fails: what happened to what, and what to do now.
 *
 * The table is total: a code that is not here does not compile, and `AppError` accepts no other code.
 * Facts come from the place that failed. They must never hold a secret or the content of a message.
 */
export type Facts = Readonly<Record<string, string | number>>;

/** `status` is the HTTP status a GET answers with when it ends this way. */
export type Sentence = { status: number; what: (facts: Facts) => string; next: (facts: Facts) => string };

const say = (
  status: number,
  what: string | ((facts: Facts) => string),
  next: string | ((facts: Facts) => string),
): Sentence => ({
  status,
  what: typeof what === 'string' ? () => what : what,
  next: typeof next === 'string' ? () => next : next,
});

const problems = {
  // The corridor every verb walks.
  'input.invalid': say(
    400,
    'Some fields were not accepted.',
    'Correct the fields named below and try again.',
  ),
  'input.too-large': say(
    413,
    (f) => `The request is larger than ${f.limit ?? '1 MB'}.`,
    'Send less at once.',
  ),
  'auth.required': say(401, 'You are not signed in.', 'Sign in and try again.'),
  'auth.forbidden': say(
    403,
    (f) => `Your role ${f.role ?? ''} may not do this: ${f.permission ?? 'it'} is missing.`,
    'Ask an admin for a role that may.',
  ),
  'auth.origin': say(
    403,
    'The request did not come from this application.',
    'Open the application at its own address and try again.',
  ),
  'auth.host': say(
    421,
    'This server does not answer under that name.',
    'Use the address the server was configured with.',
  ),
  'rate.limited': say(
    429,
    'Too many requests in a short time.',
    (f) => `Wait ${f.retryAfterSeconds ?? 60} s and try again.`,
  ),
  'audit.unavailable': say(
    503,
    'Nothing was changed: the audit record could not be written.',
    'Check the database, then try again.',
  ),
  'database.unavailable': say(
    503,
    'The database does not answer.',
    'Reading of clusters goes on where it can. Try again in a few seconds.',
  ),
  'server.stopping': say(503, 'The server is stopping.', 'Try again in a few seconds.'),
  'outcome.unknown': say(
    504,
    (f) => `It is not known whether this took effect: ${f.reason ?? 'the answer was lost'}.`,
    'Read the state back before you try again.',
  ),
  'plan.moved': say(
    409,
    (f) => `${f.what ?? 'The state'} changed after the plan was made.`,
    'Look at the new plan and confirm again.',
  ),
  'confirm.mismatch': say(400, 'The typed name does not match.', 'Type the name exactly as shown.'),
  internal: say(
    500,
    'Something went wrong in Millrace itself.',
    (f) => `Try again. If it stays, report reference ${f.reference ?? ''}.`,
  ),
  // Clusters.
  'cluster.not-found': say(
    404,
    (f) => `There is no cluster ${f.cluster ?? ''} here.`,
    'Choose one in the fleet.',
  ),
  'cluster.exists': say(409, (f) => `A cluster named ${f.cluster} exists already.`, 'Choose another id.'),
  'cluster.read-only': say(
    423,
    (f) => `${f.cluster} is read-only: nothing was changed.`,
    'An admin can lift the switch in the settings of the cluster.',
  ),
  'cluster.from-file': say(
    409,
    (f) => `${f.cluster} is defined by the cluster file.`,
    'Change it there and restart.',
  ),
  'cluster.not-sampled': say(
    503,
    (f) => `${f.cluster} has not been read yet.`,
    'The first reading takes a few seconds. If it stays, test the connection.',
  ),
  // Topics.
  'topic.not-found': say(
    404,
    (f) => `Topic ${f.topic} does not exist on ${f.cluster ?? 'this cluster'}.`,
    'It may have been deleted. Open the list of topics.',
  ),
  'group.not-found': say(
    404,
    (f) => `Group ${f.group} does not exist on ${f.cluster ?? 'this cluster'}.`,
    'It may have been deleted or have expired. Open the list of groups.',
  ),
  'broker.not-found': say(
    404,
    (f) => `${f.cluster ?? 'This cluster'} has no broker ${f.broker}.`,
    'Open the list of brokers.',
  ),
  // People.
  'user.not-found': say(404, 'There is no such user.', 'Open the list of users.'),
  'user.exists': say(
    409,
    (f) => `${f.email} has an account already.`,
    'Change the role of that account instead.',
  ),
  'user.last-admin': say(
    409,
    'This is the last active admin.',
    'Make another user an admin first, so that somebody can still administer.',
  ),
  'invite.not-found': say(404, 'There is no such invitation.', 'It may have been used or revoked.'),
  'token.not-found': say(404, 'There is no such access token.', 'It may have been revoked.'),
  'token.role': say(
    403,
    (f) => `A token cannot have more rights than you: your role is ${f.role}.`,
    'Choose your role or a lower one.',
  ),
  'egress.refused': say(
    403,
    (f) =>
      `Connecting to ${f.host ?? 'that address'} is not allowed: ${f.reason ?? 'it is not on the list'}.`,
    'An admin can list the address in MILLRACE_EGRESS_ALLOW.',
  ),
} satisfies Record<string, Sentence>;

export type ErrorCode = keyof typeof problems;

export const sentences: Readonly<Record<ErrorCode, Sentence>> = problems;
