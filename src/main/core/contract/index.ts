export * from './errors.ts';
export * from './letters.ts';
export * from './people.ts';
export * from './verification.ts';
export * from './api.ts';
export * from './permissions.ts';
export { fill, messageFor, messages } from './messages/index.ts';
export { commandLine } from './messages/command-line.ts';
export { longMoment } from './messages/dates.ts';
