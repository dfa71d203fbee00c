import { ProblemError } from '@gospelib/service-kit';
import { commonWords } from './common.passwords.ts';

const common = new Set(commonWords);
const rows = [
  '01234567890',
  '09876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
];
const lookalikes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/**
 * Why a new password is refused, or undefined. The contract checks its length; nothing is sent anywhere to check it.
 */
export function passwordFault(password: string, email: string): string | undefined {
  const lower = password.toLowerCase();
  if (new Set(lower).size < 4) return 'is made of too few different characters';
  if (rows.some((row) => row.includes(lower) || (row + row).includes(lower)))
    return 'is a row of keys';
  const core = unit(lower);
  if (isCommon(core)) return 'is one of the most common passwords';
  const [name = '', domain = ''] = email.toLowerCase().split('@');
  const own = [email.toLowerCase(), name, domain, domain.split('.')[0] ?? ''];
  if (own.some((word) => word.length >= 4 && (core === word || trim(lower) === trim(word)))) {
    return 'is made of your e-mail address';
  }
  return undefined;
}

/** @throws ProblemError invalid-input naming `path` */
export function assertPassword(password: string, email: string, path: string): void {
  const fault = passwordFault(password, email);
  if (fault === undefined) return;
  throw new ProblemError('invalid-input', `The password ${fault}.`, {
    errors: [{ path, message: fault }],
  });
}

function isCommon(word: string): boolean {
  const bare = trim(word);
  const spelt = bare.replace(/./gu, (sign) => lookalikes[sign] ?? sign);
  return bare === '' || [bare, spelt, trim(spelt), unit(bare)].some((form) => common.has(form));
}

/** Strips the digits and signs around a word: `!!welcome2024` → `welcome`. */
function trim(word: string): string {
  return word.replace(/^\P{L}+|\P{L}+$/gu, '');
}

/** The unit that a text repeats: `abcabcabc` → `abc`. */
function unit(text: string): string {
  return /^(.+?)\1+$/.exec(text)?.[1] ?? text;
}
