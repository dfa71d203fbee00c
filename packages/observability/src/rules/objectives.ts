/** What a reader waits for, counted at the gateway, and how often it has to succeed in time. */
export interface Objective {
  /** The value of the label `objective`. */
  name: string;
  /** For people: what they do. */
  does: string;
  /** Requests that count: methods, and route templates of the gateway. */
  methods: readonly string[];
  routes: readonly string[];
  /** Share of the requests that may not be answered with 5xx. */
  available: number;
  /**
   * Share of the answered requests that take no longer than `within` seconds: a bucket of the histogram, and no whole
   * number, which Prometheus 2 writes as `1` and 3 as `1.0`.
   */
  inTime: { share: number; within: number };
}

/** Days over which an error budget is counted; production keeps its metrics for 15. */
export const budgetDays = 14;

/** The one list of objectives: rules, alerts and `./gl observe slo` come from it. */
export const objectives: readonly Objective[] = [
  {
    name: 'reading',
    does: 'opening a chapter',
    methods: ['GET'],
    routes: ['/api/v1/chapters/:chapter'],
    available: 0.999,
    inTime: { share: 0.99, within: 0.1 },
  },
  {
    name: 'search',
    does: 'searching the texts',
    methods: ['GET'],
    routes: ['/api/v1/search'],
    available: 0.999,
    inTime: { share: 0.99, within: 0.25 },
  },
  {
    name: 'note',
    does: 'saving a note',
    methods: ['PUT'],
    routes: ['/api/v1/study/notes/:id'],
    available: 0.999,
    inTime: { share: 0.99, within: 0.25 },
  },
  {
    name: 'sign-in',
    does: 'signing in with a password',
    methods: ['POST'],
    routes: ['/api/v1/auth/sign-in/email'],
    available: 0.995,
    inTime: { share: 0.99, within: 0.5 },
  },
];
