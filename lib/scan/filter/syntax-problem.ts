import type { ExpressionProblem } from '#lib/model/message-filter.ts';
import { type Token, tokensOf } from './lexer.ts';

const pairs: Record<string, string> = { '(': ')', '[': ']', '{': '}' };
const words: Record<string, string> = { and: '&&', or: '||', not: '!', AND: '&&', OR: '||', NOT: '!' };

/**
 * Says in a sentence what the parser refused. It knows the mistakes people make; for the others it says where the parser stopped,
 * which is the end of the longest part that is an expression.
 */
export function syntaxProblem(source: string, stoppedAt: number): ExpressionProblem {
  const tokens = tokensOf(source);
  const last = tokens.at(-1);
  if (!last)
    return { message: 'Write a condition, such as value.status == "FAILED".', from: 0, to: source.length };
  return (
    wrongToken(source, tokens) ??
    wrongBracket(tokens) ??
    wrongOrder(tokens) ??
    at(
      tokens.find(({ to }) => to > stoppedAt) ?? last,
      (token) => `\`${token.text}\` cannot stand here. Up to it, the expression is complete.`,
    )
  );
}

const at = ({ from, to, ...token }: Token, say: (token: Token) => string): ExpressionProblem => ({
  message: say({ from, to, ...token }),
  from,
  to,
});

function wrongToken(source: string, tokens: Token[]): ExpressionProblem | undefined {
  for (const [i, token] of tokens.entries()) {
    if (token.isOpenEnded) return at(token, () => 'This text has no closing quote.');
    const before = tokens[i - 1];
    const word = Object.hasOwn(words, token.text) ? words[token.text] : undefined;
    if (token.kind === 'name' && word && before?.text !== '.') {
      return at(token, () => `Write \`${word}\` for \`${token.text}\`.`);
    }
    if (token.kind !== 'unknown') continue;
    if (token.text === '=' && before && (before.text === '==' || before.text === '!=')) {
      return at(token, () => `Write \`${before.text}\` with two characters.`);
    }
    if (token.text === '=') return at(token, () => 'Write `==` to compare.');
    if (token.text === '&' || token.text === '|') {
      return at(token, () => `Write \`${token.text.repeat(2)}\`.`);
    }
    if (token.text === '`' || /[^\x20-\x7e]/.test(token.text)) {
      return at(
        token,
        () => 'Names with other characters are written as text in brackets, such as value["a-b"].',
      );
    }
    return at(token, () => `\`${source.slice(token.from, token.to)}\` means nothing here.`);
  }
  return undefined;
}

const escapes = /^\\(?:[abfnrtv"'`?\\]|[xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2})/;

/** A backslash in a text that begins nothing, or half of a character. */
export function wrongEscape({ kind, text, from }: Token): ExpressionProblem | undefined {
  if (kind !== 'text' || /^[bB]?[rR]/.test(text)) return undefined;
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at)) {
    const found = escapes.exec(text.slice(at, at + 10))?.[0];
    const isHalf = /^\\u[dD][89a-fA-F]|^\\U0000[dD][89a-fA-F]/.test(found ?? '');
    const isBeyond = /^\\U(?!0010|000)/.test(found ?? '');
    if (!found || isHalf || isBeyond) {
      const shown = found ?? text.slice(at, at + 2);
      const message = `\`${shown}\` stands for no character. A backslash is written \`\\\\\`, or the text as r"…".`;
      return { message, from: from + at, to: from + at + shown.length };
    }
    at += found.length;
  }
  return undefined;
}

function wrongBracket(tokens: Token[]): ExpressionProblem | undefined {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.kind === 'open') open.push(token);
    if (token.kind !== 'close') continue;
    const opened = open.pop();
    if (!opened) return at(token, () => `This \`${token.text}\` closes nothing.`);
    const wanted = pairs[opened.text];
    if (wanted !== token.text)
      return at(token, () => `\`${wanted}\` is expected here, not \`${token.text}\`.`);
  }
  const unclosed = open.at(-1);
  return unclosed && at(unclosed, () => `This \`${unclosed.text}\` is never closed.`);
}

/** Two values in a row, or an operator with nothing after it. */
function wrongOrder(tokens: Token[]): ExpressionProblem | undefined {
  let before: Token | undefined;
  for (const token of tokens) {
    const isValue = token.kind === 'name' || token.kind === 'number' || token.kind === 'text';
    const isName = token.text === 'in' && before?.text !== '.';
    const afterValue = before !== undefined && endsValue(before);
    if (isValue && !isName && afterValue) {
      return at(token, () => `An operator such as \`==\` or \`&&\` is missing before \`${token.text}\`.`);
    }
    if (token.kind === 'operator' && !'!-.'.includes(token.text) && !afterValue) {
      return at(token, () => `A value is missing before \`${token.text}\`.`);
    }
    if (token.kind === 'close' && before && isOperator(before) && before.text !== ',') {
      return at(before, (it) => `A value is missing after \`${it.text}\`.`);
    }
    before = token;
  }
  return before && isOperator(before)
    ? at(before, (it) => `A value is missing after \`${it.text}\`.`)
    : undefined;
}

const isOperator = (token: Token): boolean => token.kind === 'operator' || token.text === 'in';
const endsValue = (token: Token): boolean =>
  token.kind === 'close' ||
  token.kind === 'number' ||
  token.kind === 'text' ||
  (token.kind === 'name' && token.text !== 'in');
