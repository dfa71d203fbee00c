/** The pages about who reads. */
export const ACCOUNT_PATH = '/account';
export const SIGN_UP_PATH = '/account/sign-up';
export const FORGOT_PATH = '/account/forgot';

/** @param to where to go after signing in: a path of the reader */
export function signInPath(to?: string): string {
  return to ? `/account/sign-in?${new URLSearchParams({ to })}` : '/account/sign-in';
}

/** Where to go after signing in; only within the reader, whatever an address says. */
export function parseReturn(to: string | null): string | undefined {
  const own = to !== null && to.length <= 300 && /^\/(?![/\\])[\x21-\x7e]*$/.test(to);
  return own && !to.startsWith('/account/') && !to.startsWith('/api/') ? to : undefined;
}
