import { git } from '../git/git.run.ts';

const sections = { feat: 'New', fix: 'Mended', perf: 'Faster' } as const;
const SUBJECT = /^(?<kind>feat|fix|perf)(?:\((?<scope>[^)]*)\))?(?<breaks>!)?: (?<text>.+)$/;

/** What readers and operators get, of the subjects of the commits; what else was done is not told. */
export function releaseNotes(tag: string, subjects: readonly string[]): string {
  const parsed = subjects.flatMap((subject) => {
    const groups = SUBJECT.exec(subject)?.groups;
    return groups === undefined ? [] : [groups];
  });
  const parts = Object.entries(sections).flatMap(([kind, title]) => {
    const own = parsed.filter((one) => one.kind === kind);
    if (own.length === 0) return [];
    return [`## ${title}`, '', ...own.map(renderLine), ''];
  });
  return [`# ${tag}`, '', ...(parts.length === 0 ? ['Nothing that is seen.', ''] : parts)].join(
    '\n',
  );
}

function renderLine({ scope, breaks, text }: Record<string, string | undefined>): string {
  return `- ${breaks === undefined ? '' : '**Breaks:** '}${scope ? `${scope}: ` : ''}${text}`;
}

/** The subjects of the commits between two, the newest first; all, where there is none before. */
export async function subjectsBetween(
  root: string,
  from: string | undefined,
  to: string,
): Promise<readonly string[]> {
  const range = from === undefined ? to : `${from}..${to}`;
  const text = await git(root, ['log', '--no-merges', '--format=%s', range]);
  return text.split('\n').filter(Boolean);
}
