export { type SignalAddresses, signalAddresses } from './job.addresses.ts';
export { type Job, type JobRun, runJob } from './run.job.ts';
