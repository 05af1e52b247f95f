/** How lists of groups stand unless asked otherwise: the worst state first. The server and the page must agree on it. */
export const groupsSort = '-trouble';
