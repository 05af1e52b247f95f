/**
 * The words that stand first on attackers' lists, from the public frequency lists of leaked passwords. Twelve
 * characters of them are made by repeating, joining and decorating: `Password1234!`, `letmeinletmein`, `Adm1nAdm1n2026`.
 */
const words = new Set(
  `password passwort passwd pass motdepasse contrasena senha wachtwoord haslo parola secret geheim
  admin administrator adminadmin root toor superuser sysadmin operator user username login logon guest default test tester testing demo
  example changeme changeit change newpassword mypassword yourpassword thisis temp temporary
  welcome hello hallo bonjour letmein openup opensesame trustno access master letin enter
  qwerty qwertz azerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc wasd
  abc abcd abcdef abcdefg abcdefgh aaa
  iloveyou ilove loveyou love lovely forever always princess prince sunshine sweetheart angel baby babygirl honey sweet flower
  dragon monkey tiger lion shadow ninja samurai wizard pokemon pikachu naruto superman batman spiderman starwars matrix
  football baseball basketball soccer hockey liverpool arsenal chelsea barcelona realmadrid juventus yankees cowboys lakers eagles
  michael jennifer jessica ashley daniel thomas robert charlie george jordan andrew joshua matthew hunter harley buster ginger pepper
  summer winter spring autumn herbst sommer monday friday january december october november
  computer internet laptop windows microsoft google facebook samsung android apple iphone server database network system oracle cisco
  company business office corporate enterprise production staging development developer
  cheese chocolate cookie coffee banana orange purple yellow silver golden diamond crystal
  freedom whatever nothing something fuckyou fuck trust money killer legend hacker gamer
  correcthorsebatterystaple correct horse battery staple
  one two three four five six seven eight nine zero my the is a i you me and for to of in on it be`
    .split(/\s+/)
    .filter(Boolean),
);

const leet: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
  '+': 't',
  '|': 'l',
};

/**
 * Whether a lower-case password is common words only, once decorations are taken off: digits and signs around it and
 * between its words, and digits in place of letters.
 */
export function isCommonPassword(folded: string): boolean {
  const plain = folded.replace(/[^\p{L}]/gu, '');
  const core = folded.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const spelled = [...core]
    .map((c) => leet[c] ?? c)
    .join('')
    .replace(/[^\p{L}]/gu, '');
  // The letter l is written as 1 as often as i is.
  const spelledOther = [...core]
    .map((c) => (c === '1' ? 'l' : (leet[c] ?? c)))
    .join('')
    .replace(/[^\p{L}]/gu, '');
  if (plain.length < 3) return folded.replace(/\D/g, '').length > 0 && isDate(folded);
  return [plain, spelled, spelledOther].some((text) => isJoined(text) || letters(text) < 4);
}

const letters = (text: string): number => new Set(text).size;

/** Whether the text is one common word after the other. */
function isJoined(text: string): boolean {
  const reachable = [true];
  for (let end = 1; end <= text.length; end += 1) {
    reachable[end] = false;
    for (let start = Math.max(0, end - 28); start < end && !reachable[end]; start += 1) {
      reachable[end] = reachable[start] === true && words.has(text.slice(start, end));
    }
  }
  return reachable[text.length] === true;
}

/** Digits and separators that are one or two dates, such as `01.01.1990-2020`. */
const isDate = (text: string): boolean => /^[\d\s./:-]+$/.test(text) && /(19|20)\d\d/.test(text);
