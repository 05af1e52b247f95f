/** The nouns an operation can be about. They are the audit's and the permissions' nouns too. */
export type TargetType =
  | 'cluster'
  | 'broker'
  | 'topic'
  | 'partition'
  | 'group'
  | 'message'
  | 'user'
  | 'invite'
  | 'session'
  | 'token'
  | 'mask'
  | 'rule'
  | 'incident'
  | 'silence'
  | 'channel'
  | 'route'
  | 'notice'
  | 'search'
  | 'template'
  | 'board'
  | 'audit'
  | 'fleet'
  | 'application';

/** What an operation is about: which object, and on which cluster it lives. */
export type Target = { type: TargetType; id: string; clusterId: string | null };
