/** The account pages. */
export const ACCOUNT_PATH = '/account';
export const FORGOT_PATH = '/account/forgot';
export const CONFIRM_PATH = '/account/confirm';
export const RESET_PATH = '/account/reset';
export const DELETE_PATH = '/account/delete';

/** @param to where to go after signing in: a path of the reader */
export const signInPath = (to?: string): string => `/account/sign-in${returnQuery(to)}`;
export const signUpPath = (to?: string): string => `/account/sign-up${returnQuery(to)}`;
/** The return address of provider sign-in: a page that checks the session and then goes on. */
export const cameBackPath = (to?: string): string => `${ACCOUNT_PATH}${returnQuery(to)}`;

function returnQuery(to: string | undefined): string {
  const own = parseReturn(to ?? null);
  return own ? `?${new URLSearchParams({ to: own })}` : '';
}

/** Where to go after signing in: only paths of the reader, whatever the address says. */
export function parseReturn(to: string | null): string | undefined {
  const own = to !== null && to.length <= 300 && /^\/(?![/\\])[\x21-\x7e]*$/.test(to);
  return own && !to.startsWith('/account/') && !to.startsWith('/api/') ? to : undefined;
}
