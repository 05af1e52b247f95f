/** A text as one word of a POSIX shell, whatever is in it. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** The command by which kcat reads one record. How to reach the brokers is left to the one who runs it. */
export const kcatOf = (topic: string, partition: number, offset: string): string =>
  `kcat -C -b "$KAFKA_BROKERS" -t ${shellWord(topic)} -p ${partition} -o ${offset} -c 1 -f '%k\\t%h\\t%s\\n'`;

/** The command by which curl reads one record from Millrace, with an access token of the one who runs it. */
export const curlOf = (url: string): string =>
  `curl -sS -H "Authorization: Bearer $MILLRACE_TOKEN" ${shellWord(url)}`;
