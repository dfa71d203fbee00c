import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import colors from 'picocolors';
import { type Config, mailFolder } from '../config.ts';

export interface MailOptions {
  last: number;
  json?: boolean;
}

/** A mail as accounts puts it into its outbox. */
export interface Mail {
  /** ISO 8601. */
  at: string;
  from: string;
  to: string;
  subject: string;
  text: string;
}

/** Shows the mails that accounts wrote on this machine, where none are sent. */
export async function mail(
  config: Config,
  address: string | undefined,
  options: MailOptions,
): Promise<number> {
  const mails = readOutbox(mailFolder(config))
    .filter(({ to }) => address === undefined || to.toLowerCase() === address.toLowerCase())
    .slice(0, options.last);
  if (options.json === true) console.log(JSON.stringify(mails, null, 2));
  else if (mails.length > 0) console.log(mails.map(render).join('\n'));
  else console.log(describeNone(config, address));
  return 0;
}

/** The newest first. */
function readOutbox(folder: string): Mail[] {
  return listFiles(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

/** Names begin with the time; drafts begin with a dot. */
function listFiles(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => /^\d.*\.json$/.test(name));
    return names.sort().reverse();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []; // none was ever written
    throw error;
  }
}

function render({ at, to, subject, text }: Mail): string {
  const head = `${colors.bold(subject)}\n${colors.dim(`to ${to}, ${at}`)}`;
  return `${head}\n\n${text.trimEnd()}\n`;
}

function describeNone(config: Config, address: string | undefined): string {
  const whom = address === undefined ? '' : ` to ${address}`;
  return config.env.SMTP_URL
    ? 'Mail goes to the server in SMTP_URL; none is kept here.'
    : `No mail${whom} was written yet. They land in ${mailFolder(config)}.`;
}
