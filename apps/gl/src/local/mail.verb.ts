import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError, printResult } from '@gospelib/cli-kit';
import { folders, type LocalConfig } from '@gospelib/supervisor';
import colors from 'picocolors';
import { z } from 'zod';
import { type PrintOptions, parseCount, type Verb } from '../verb.ts';

interface MailOptions extends PrintOptions {
  last: number;
}

/** A mail as accounts puts it into its outbox. */
const mailFile = z.object({
  /** ISO 8601. */
  at: z.string(),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
});
type Mail = z.output<typeof mailFile>;

/** Shows the mails that accounts wrote on this machine, where none are sent. */
export const mail: Verb = (program, run) =>
  program
    .command('mail')
    .description('show the mails that accounts wrote on this machine, the newest first')
    .argument('[address]', 'only those to this address')
    .option('-n, --last <n>', 'how many at most', parseCount, 5)
    .option('--json', 'as JSON')
    .action(
      run(async ({ config }, address: string | undefined, { last, json }: MailOptions) => {
        const mails = readOutbox(folders.mail(config))
          .filter(({ to }) => address === undefined || to.toLowerCase() === address.toLowerCase())
          .slice(0, last);
        printResult(json, { mails }, () =>
          mails.length > 0 ? mails.map(render).join('\n') : describeNone(config, address),
        );
        return 0;
      }),
    );

/** The newest first. @throws OperatorError for a file that is no mail */
function readOutbox(folder: string): Mail[] {
  return listFiles(folder).map((name) => {
    const file = join(folder, name);
    try {
      return mailFile.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch (cause) {
      throw new OperatorError(`${file} is no mail that accounts wrote.`, 'Remove it.', { cause });
    }
  });
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

function describeNone(config: LocalConfig, address: string | undefined): string {
  const whom = address === undefined ? '' : ` to ${address}`;
  return config.env.SMTP_URL
    ? 'Mail goes to the server in SMTP_URL; none is kept here.'
    : `No mail${whom} was written yet. They land in ${folders.mail(config)}.`;
}
