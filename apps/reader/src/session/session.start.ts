import { accountThatIsOver, forgetAccountThatIsOver } from './session.memory.ts';
import { session } from './session.store.ts';

/** The first seconds of a visit belong to the page. */
const AFTER_LOAD = 4_000;

/** Makes sure late that who was signed in still is; who was not is not asked about. */
export function startSession(): void {
  const over = accountThatIsOver();
  if (over) later(() => forgetCopiesOf(over));
  if (session.current.state !== 'signed-in') return;
  later(async () => (await import('./session.actions.ts')).checkSession());
}

/** What was written and never sent stays, as after any sign-out. */
async function forgetCopiesOf(account: string): Promise<void> {
  const [{ studyDatabase }, { forgetCopies }] = await Promise.all([
    import('../study/study.ts'),
    import('../outbox/forget.ts'),
  ]);
  await forgetCopies(await studyDatabase(), account);
  forgetAccountThatIsOver();
}

function later(work: () => Promise<void>): void {
  // Without a connection a piece of the page may be missing: the next visit does it then.
  setTimeout(() => void work().catch(() => undefined), AFTER_LOAD);
}
