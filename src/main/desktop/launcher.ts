import { utilityProcess } from 'electron';
import { heapLimit, type Launcher } from '../engine/launcher.ts';

/** Electron's way to start a Node process of our own; works with the runAsNode fuse off. */
export const utilityLauncher: Launcher = (entry, args, name, memoryMiB) => {
  const child = utilityProcess.fork(entry, [...args], {
    serviceName: name,
    stdio: 'ignore',
    execArgv: heapLimit(memoryMiB),
  });
  // Without a listener a fatal error of the child would be thrown in here; its exit follows in any case.
  child.on('error', () => undefined);
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    kill: () => void child.kill(),
  };
};
