import { z } from 'zod';
import type { Audit } from './advisory.audit.ts';

/** Advisories that are known and accepted until a day, with the reason: tools/advisories.accepted.json. */
export const acceptedAdvisories = z.array(
  z.strictObject({
    id: z.string().startsWith('GHSA-'),
    reason: z.string().min(20),
    decided: z.iso.date(),
    expires: z.iso.date(),
  }),
);
export type AcceptedAdvisories = z.output<typeof acceptedAdvisories>;

export interface Verdict {
  /** Why the check fails; empty when it does not. */
  failures: string[];
  /** What does not make it fail and must not be passed over in silence. */
  notes: string[];
}

const REFUSED: readonly string[] = ['high', 'critical'];

/** Judges what the registry knows. `today`: ISO date, no time. */
export function judgeAdvisories(
  audit: Audit,
  accepted: AcceptedAdvisories,
  today: string,
): Verdict {
  const failures = accepted
    .filter(({ expires }) => expires < today)
    .map(({ id, expires }) => `${id} was accepted until ${expires}: decide anew, or update.`);
  if ('unchecked' in audit) return { failures, notes: [`unchecked, because: ${audit.unchecked}`] };
  const notes: string[] = [];
  for (const { id, severity, package: name, vulnerable, patched, title } of audit.advisories) {
    if (accepted.some((entry) => entry.id === id)) continue;
    const what = `${severity}: ${name} ${vulnerable} (mended in ${patched}): ${title}, ${id}`;
    if (REFUSED.includes(severity)) failures.push(what);
    else notes.push(what);
  }
  const known = new Set(audit.advisories.map(({ id }) => id));
  for (const { id } of accepted) {
    if (!known.has(id)) failures.push(`${id} is accepted and concerns no package: remove it.`);
  }
  return { failures, notes };
}
