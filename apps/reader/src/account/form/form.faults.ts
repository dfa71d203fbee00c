import { ApiError } from '@gospelib/client';
import { wordsOfFailure } from '../failure.words.ts';

/** The faults of the input by field, as whole sentences. */
export type Faults = Readonly<Record<string, string | undefined>>;
/** Why a form was refused: faults of fields, or a message about the whole form. */
export type Refusal = { readonly faults: Faults; readonly message: string };

export type Values = Readonly<Record<string, string>>;

export function checkEmail(email = ''): string | undefined {
  if (email.trim() === '') return 'Enter your e-mail address.';
  const plausible = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email.trim()) && email.length <= 254;
  return plausible ? undefined : 'This does not look like an e-mail address.';
}

export function checkName(name = ''): string | undefined {
  return name.trim() === '' ? 'Enter a name; it may be any that you like.' : undefined;
}

/** Checks the length that accounts requires; accounts reports its other rules itself. */
export function checkNewPassword(password = ''): string | undefined {
  if (password === '') return 'Choose a password.';
  if (password.length < 10) return 'Use at least 10 characters.';
  return password.length > 128 ? 'Use at most 128 characters.' : undefined;
}

export function checkPassword(password = ''): string | undefined {
  return password === '' ? 'Enter your password.' : undefined;
}

const SUBJECTS: Readonly<Record<string, string>> = {
  email: 'This',
  name: 'The name',
  password: 'The password',
  currentPassword: 'The password',
  newPassword: 'The password',
};

/** The refusal in an error of accounts. */
export function refusalOf(error: unknown): Refusal {
  const errors = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  const faults = Object.fromEntries(
    errors
      .map(({ path, message }) => [path.replace(/^body\./, ''), message] as const)
      .filter(([field]) => field in SUBJECTS)
      .map(([field, message]) => [field, sentenceOf(SUBJECTS[field] ?? '', message)]),
  );
  const atFields = Object.keys(faults).length > 0;
  return { faults, message: atFields ? '' : wordsOfFailure(error) };
}

/** `is a row of keys` → `The password is a row of keys.`; a whole sentence stays one. */
function sentenceOf(subject: string, message: string): string {
  const sentence = /^\p{Ll}/u.test(message) ? `${subject} ${message}` : message;
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
