import { accountThatIsOver, forgetAccountThatIsOver } from './session.memory.ts';
import { session } from './session.store.ts';

/** Delay after loading, ms: the page itself comes first. */
const AFTER_LOAD = 4_000;

/** Checks, after a delay, that a remembered reader is still signed in; asks nothing when none is remembered. */
export function startSession(): void {
  const over = accountThatIsOver();
  if (over) later(() => forgetCopiesOf(over));
  if (session.current.state !== 'signed-in') return;
  later(async () => (await import('./session.actions.ts')).checkSession());
}

/** Unsent changes stay, as after any sign-out. */
async function forgetCopiesOf(account: string): Promise<void> {
  const [{ studyDatabase }, { forgetCopies }] = await Promise.all([
    import('../study/study.ts'),
    import('../outbox/forget.ts'),
  ]);
  await forgetCopies(await studyDatabase(), account);
  forgetAccountThatIsOver();
}

function later(work: () => Promise<void>): void {
  // Without a connection a chunk of the page may be missing: the next visit retries.
  setTimeout(() => void work().catch(() => undefined), AFTER_LOAD);
}
