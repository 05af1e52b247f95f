/** What can be said about a field before the server is asked. Null when nothing is. */
export function faultOf(
  kind: 'text' | 'email' | 'password' | 'new-password' | 'token',
  label: string,
  value: string,
): string | null {
  const text = kind === 'password' || kind === 'new-password' ? value : value.trim();
  if (text === '') return `${label} is missing.`;
  if (kind === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) {
    return 'Write an e-mail address, such as ada@example.com.';
  }
  const length = [...text].length;
  if (kind === 'new-password' && length < 12) return `Use at least 12 characters; this has ${length}.`;
  if ((kind === 'password' || kind === 'new-password') && text.length > 128)
    return 'Use at most 128 characters.';
  return null;
}
