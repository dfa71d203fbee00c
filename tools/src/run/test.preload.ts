import { endWithOwner } from '../../../packages/processes/src/owner.process.ts';
import '../reads/read.recorder.ts';

/** Preloaded into every Node process that a test runner starts. By path: a package's edge would load all of it each time. */
endWithOwner();
