import type { Mail } from './mail.sender.ts';

/** The mails we send. Nothing that people typed is part of a text, except the address it goes to. */
export const mailTexts = {
  verify: (to: string, url: string): Mail => ({
    to,
    subject: 'Confirm your address for GospeLib',
    text: `Welcome to GospeLib.

Open this link to confirm that this address is yours. The page asks for the password you chose, or for a new one:

${url}

It works for 24 hours. If you did not sign up, ignore this mail, and nothing more happens.
`,
  }),

  alreadyRegistered: (to: string, resetUrl: string): Mail => ({
    to,
    subject: 'You already have a GospeLib account',
    text: `Somebody, perhaps you, asked for a new GospeLib account with this address. There is one already.

If you know your password, sign in as usual. If not, choose a new one here:

${resetUrl}

The link works for one hour. If this was not you, ignore this mail: nothing was changed.
`,
  }),

  reset: (to: string, url: string): Mail => ({
    to,
    subject: 'Choose a new GospeLib password',
    text: `Open this link to choose a new password:

${url}

It works for one hour, once, and ends every session. If you did not ask for it, ignore this mail: nothing was changed.
`,
  }),

  passwordChanged: (to: string): Mail => ({
    to,
    subject: 'Your GospeLib password was changed',
    text: `The password of your GospeLib account was just changed, and your other sessions were ended.

If this was not you, choose a new password with "Forgot password" on the sign-in page at once.
`,
  }),

  deleted: (to: string): Mail => ({
    to,
    subject: 'Your GospeLib account was deleted',
    text: `Your GospeLib account was deleted, as asked for in a signed-in session. Your name, address, sessions and password are
gone now; highlights, notes and bookmarks follow within minutes. It cannot be undone.
`,
  }),
};
