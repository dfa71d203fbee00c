import 'fake-indexeddb/auto';
import { NetworkError } from '@gospelib/client';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChangeStore } from './change.store.ts';
import { Outbox } from './outbox.ts';
import type { Outcome } from './outcome.ts';
import { sendChange } from './send.change.ts';
import { openStudyDatabase, type StudyDatabase } from './study.database.ts';
import { type Behaviour, StudyDouble } from './study.double.ts';

let database: StudyDatabase;
let study: StudyDouble;
let reader: string | undefined;
let opened = 0;
let open: Outbox[] = [];

beforeEach(async () => {
  opened += 1;
  database = await openStudyDatabase(`test-${opened}`);
  study = new StudyDouble();
  reader = 'ruth';
  open = [];
});
afterEach(() => {
  for (const outbox of open) outbox.drain = async () => undefined;
  database.close();
});

/** The client's behaviour for a broken connection. */
const client: Pick<StudyDouble, 'put' | 'remove'> = {
  put: (...args) => study.put(...args).catch(asNetwork) as never,
  remove: (...args) => study.remove(...args).catch(asNetwork) as never,
};
function asNetwork(error: unknown): never {
  throw error instanceof TypeError ? new NetworkError('x', error) : error;
}

let lock: Promise<unknown> = Promise.resolve();
/** A page of the reader; leaving it without closing and opening another simulates a crash. */
function page(intercept: (outcome: Outcome) => Promise<Outcome> = async (outcome) => outcome) {
  const outbox = new Outbox({
    store: new ChangeStore(async () => database),
    account: () => reader,
    send: async (change) => intercept(await sendChange(client, () => reader, change)),
    exclusively: (work) => {
      const run = lock.then(work);
      lock = run.catch(() => undefined);
      return run;
    },
    channel: undefined,
  });
  open.push(outbox);
  return outbox;
}
const crash = (): Promise<never> => new Promise(() => undefined);
const text = (body: string) => ({ body, tags: [] });
const bodyOf = (id: string) => (study.kept.get(id) as { body?: string } | undefined)?.body;
const unsent = () => new ChangeStore(async () => database).of('ruth');

describe('writing', () => {
  it('is on the device before anything is sent, and gone from it once it is kept', async () => {
    study.behaviour = () => 'cut before';
    const outbox = page();
    await outbox.write('notes', 'n1', text('Faith'), 'absent');
    expect((await unsent()).map(({ input }) => input)).toEqual([text('Faith')]);
    study.behaviour = () => 'well';
    await outbox.drain();
    expect(bodyOf('n1')).toBe('Faith');
    expect(await unsent()).toEqual([]);
    expect(outbox.state.changes).toEqual([]);
    expect(outbox.state.heard.at(-1)).toMatchObject({ id: 'n1', item: { body: 'Faith' } });
  });

  it('sends in order, each on what the one before came to', async () => {
    study.behaviour = () => 'cut before';
    const outbox = page();
    const made = await outbox.write('notes', 'n1', text('one'), 'absent');
    const changed = await outbox.write('notes', 'n1', text('two'), { after: made.key });
    await outbox.write('notes', 'n2', text('other'), 'absent');
    await outbox.write('notes', 'n1', null, { after: changed.key });
    await lock;
    study.behaviour = () => 'well';
    study.requests = [];
    await outbox.drain();
    expect(study.requests).toEqual([
      'PUT notes n1 "absent" well',
      'PUT notes n1 1001 well',
      'PUT notes n2 "absent" well',
      'DELETE notes n1 1002 well',
    ]);
    expect([...study.kept.keys()]).toEqual(['n2']);
  });

  it('is shown at once, and the next change builds on it although neither is on the disk yet', async () => {
    const outbox = page();
    await outbox.refresh();
    const first = outbox.write('notes', 'n1', text('one'), 'absent');
    const [shown] = outbox.state.changes;
    expect(shown?.input).toEqual(text('one'));
    const second = outbox.write('notes', 'n1', text('two'), { after: shown?.key ?? '' });
    expect(outbox.state.changes.map(({ input }) => input)).toEqual([text('one'), text('two')]);
    await Promise.all([first, second]);
    await lock;
    expect([bodyOf('n1'), study.writes, outbox.state.changes]).toEqual(['two', 2, []]);
  });

  it('is never out of sight between being unsent and being kept', async () => {
    const outbox = page();
    const seen: boolean[] = [];
    await outbox.write('notes', 'n1', text('one'), 'absent');
    outbox.subscribe(() => {
      const { changes, heard } = outbox.state;
      seen.push([...changes, ...heard].some(({ id }) => id === 'n1'));
    });
    // A page that reads repeatedly while it is sent.
    let looking = true;
    const look = async () => {
      while (looking) await outbox.refresh();
    };
    const looked = look();
    await lock;
    looking = false;
    await looked;
    expect(bodyOf('n1')).toBe('one');
    expect(new Set(seen)).toEqual(new Set([true]));
  });

  it('says so when the device cannot keep it, and shows nothing of it', async () => {
    const outbox = page();
    await outbox.refresh();
    database.close();
    await expect(outbox.write('notes', 'n1', text('one'), 'absent')).rejects.toThrow();
    expect(outbox.state.changes).toEqual([]);
  });

  it.each<Behaviour>(['cut before', 'cut after', 'busy', 'refused token'])(
    'survives a connection that is %s, without doing anything twice',
    async (behaviour) => {
      const behaviours: Behaviour[] = [behaviour, behaviour, 'well'];
      study.behaviour = () => behaviours.shift() ?? 'well';
      const outbox = page();
      await outbox.write('notes', 'n1', text('Faith'), 'absent');
      await lock;
      await outbox.drain();
      await outbox.drain();
      expect([bodyOf('n1'), study.writes]).toEqual(['Faith', 1]);
      expect(await unsent()).toEqual([]);
    },
  );

  it('knows after a crash what was on its way, and does it once', async () => {
    const lost = page(crash);
    await lost.write('notes', 'n1', text('Faith'), 'absent');
    await expect.poll(() => study.writes).toBe(1);
    lock = Promise.resolve(); // a lock ends with its page
    const outbox = page();
    await outbox.drain();
    expect([study.writes, bodyOf('n1'), (await unsent()).length]).toEqual([1, 'Faith', 0]);
  });

  it('tries again by itself, more and more slowly', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const outbox = page();
    study.behaviour = () => 'busy';
    await outbox.write('notes', 'n1', text('Faith'), 'absent');
    await lock;
    expect(study.requests.length).toBe(1);
    await vi.advanceTimersByTimeAsync(999);
    expect(study.requests.length).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    vi.useRealTimers();
    await expect.poll(() => study.requests.length).toBe(2);
  });
});

describe('another reader', () => {
  it('sends nothing of the one before, who finds it again', async () => {
    study.behaviour = () => 'cut before';
    const outbox = page();
    await outbox.write('notes', 'n1', text('mine'), 'absent');
    await lock;
    study.behaviour = () => 'well';
    study.requests = [];
    reader = 'boaz';
    await outbox.refresh();
    await outbox.drain();
    expect([outbox.state.changes, study.requests]).toEqual([[], []]);
    reader = 'ruth';
    await outbox.refresh();
    expect(outbox.state.changes.length).toBe(1);
    await outbox.drain();
    expect(bodyOf('n1')).toBe('mine');
  });

  it('who signs in between reading a change and sending it, sends nothing', async () => {
    const change = { ...(await page().write('notes', 'n1', text('mine'), 'absent')) };
    await lock;
    study.requests = [];
    expect(await sendChange(client, () => 'boaz', change)).toEqual({ kind: 'signed-out' });
    expect(study.requests).toEqual([]);
  });
});

describe('a conflict', () => {
  async function lose() {
    const { version } = study.write('notes', 'n1', text('first'));
    study.write('notes', 'n1', text('theirs'));
    study.behaviour = () => 'cut before';
    const outbox = page();
    const mine = await outbox.write('notes', 'n1', text('mine'), version);
    await outbox.write('notes', 'n1', text('mine, again'), { after: mine.key });
    await outbox.write('notes', 'n2', text('other'), 'absent');
    await lock;
    study.behaviour = () => 'well';
    await outbox.drain();
    const [lost] = outbox.state.changes;
    if (!lost) throw new Error('Nothing was lost.');
    return { outbox, lost };
  }

  it('writes over nothing, keeps both texts, and holds up nothing else', async () => {
    const { outbox, lost } = await lose();
    expect([bodyOf('n1'), bodyOf('n2')]).toEqual(['theirs', 'other']);
    expect(lost.trouble).toMatchObject({ kind: 'conflict', stored: { body: 'theirs' } });
    expect(outbox.state.changes.map(({ input }) => input)).toEqual([
      text('mine'),
      text('mine, again'),
    ]);
  });

  it.each([
    ['mine', text('mine, again'), 'mine, again'],
    ['both', text('theirs and mine'), 'theirs and mine'],
    ['theirs', undefined, 'theirs'],
    ['none', null, undefined],
  ])('ends as its reader says: %s', async (_name, input, kept) => {
    const { outbox, lost } = await lose();
    await outbox.decide(lost, input);
    await lock;
    expect([bodyOf('n1'), await unsent()]).toEqual([kept, []]);
  });

  it('may come again when they go on writing', async () => {
    const { outbox, lost } = await lose();
    study.write('notes', 'n1', text('theirs, later'));
    await outbox.decide(lost, text('mine'));
    await lock;
    expect(outbox.state.changes[0]?.trouble).toMatchObject({ stored: { body: 'theirs, later' } });
    expect(bodyOf('n1')).toBe('theirs, later');
  });

  it('comes to two pages that change the same thing unseen by each other', async () => {
    study.behaviour = () => 'cut before';
    const [one, two] = [page(), page()];
    const made = await one.write('notes', 'n1', text('first'), 'absent');
    await one.write('notes', 'n1', text('of one'), { after: made.key });
    await two.write('notes', 'n1', text('of two'), { after: made.key });
    await lock;
    study.behaviour = () => 'well';
    await one.drain();
    expect(bodyOf('n1')).toBe('of one');
    const [left] = await unsent();
    expect(left).toMatchObject({ input: text('of two'), trouble: { kind: 'conflict' } });
  });

  it('comes to a page that slept while what it builds on was sent by another', async () => {
    const [one, asleep] = [page(), page()];
    const made = await one.write('notes', 'n1', text('first'), 'absent');
    await lock;
    await asleep.write('notes', 'n1', text('from sleep'), { after: made.key });
    await lock;
    expect(bodyOf('n1')).toBe('first');
    expect((await unsent())[0]).toMatchObject({ trouble: { stored: { body: 'first' } } });
  });
});

describe('whatever happens on the way', () => {
  const ids = ['n1', 'n2', 'n3'];
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ write: fc.constantFrom(...ids), deletes: fc.boolean() }) },
    { weight: 1, arbitrary: fc.constant('drain' as const) },
    { weight: 1, arbitrary: fc.constant('crash' as const) },
  );
  const behaviour = fc.constantFrom<Behaviour>('well', 'well', 'cut before', 'cut after', 'busy');

  it('all of it is kept as it was last written, each write done once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.infiniteStream(behaviour), run),
      { numRuns: 60 },
    );
  });

  async function run(
    steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[],
    behaviours: Iterator<Behaviour>,
  ) {
    opened += 1;
    database = await openStudyDatabase(`test-${opened}`);
    study = new StudyDouble();
    study.behaviour = () => behaviours.next().value;
    const expected = new Map<string, string>();
    let [outbox, count] = [page(), 0];
    for (const what of steps) {
      if (what === 'drain') await outbox.drain();
      else if (what === 'crash') outbox = page();
      else {
        const deletes = what.deletes && expected.has(what.write);
        const input = deletes ? null : text(`text ${count}`);
        // As pages do: on the unsent change, or on what the server is known to store.
        await outbox.refresh();
        const last = outbox.state.changes.findLast(({ id }) => id === what.write);
        const kept = study.kept.get(what.write)?.version ?? 'absent';
        await outbox.write('notes', what.write, input, last ? { after: last.key } : kept);
        count += 1;
        if (input) expected.set(what.write, input.body);
        else expected.delete(what.write);
      }
      await lock;
    }
    study.behaviour = () => 'well';
    await outbox.drain();
    expect(await unsent()).toEqual([]);
    expect(Object.fromEntries(ids.map((id) => [id, bodyOf(id)]))).toEqual(
      Object.fromEntries(ids.map((id) => [id, expected.get(id)])),
    );
    expect(study.writes).toBe(count);
    database.close();
  }
});
