const WORDS: Readonly<Record<string, string>> = {
  'account-created': 'The account was made',
  'account-deleted': 'The account was deleted',
  'email-verified': 'The address was confirmed',
  'password-changed': 'The password was changed',
  'password-dropped':
    'The password set before the address was confirmed was dropped, since you signed in elsewhere',
  'password-reset': 'A new password was chosen by a mailed link',
  'password-reset-requested': 'A link to choose a new password was asked for',
  'session-revoked': 'A session was ended',
  'sessions-revoked': 'All other sessions were ended',
  'sign-in-failed': 'Somebody tried to sign in with a wrong password',
  'sign-in-refused-unverified': 'Somebody signed in before the address was confirmed',
  'signed-in': 'Signed in',
  'signed-out': 'Signed out',
  'sign-up-repeated': 'Somebody asked for another account with this address',
  'data-exported': 'The account was exported',
};

/** A security event in words; the raw name for a kind that this page does not know yet. */
export function eventWords(kind: string): string {
  const plain = kind.replaceAll('-', ' ');
  return WORDS[kind] ?? plain.charAt(0).toUpperCase() + plain.slice(1);
}
