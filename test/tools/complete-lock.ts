import { writeFileSync } from 'node:fs';
import { lockPath, missingPackages, readLock, type LockEntry } from './lock-file.ts';

/**
 * `npm run lock`, second half. A registry that lags behind with the packages of foreign platforms makes npm leave
 * them out of the lock file, and then `npm ci` refuses the lock. What is missing is entered by its exact version
 * and its platform: never fetched here, and fetched as usual on the platform that needs it.
 */
const cpus: Readonly<Record<string, string>> = {
  arm64: 'arm64',
  x64: 'x64',
  ia32: 'ia32',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  arm: 'arm',
  wasm32: 'wasm32',
};
const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];

/** "…-linux-arm64-musl" → linux, arm64, musl. @throws Error for a name that says no platform. */
function platformOf(name: string): Pick<LockEntry, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[-/]/);
  const system = words.findLast((word) => systems.includes(word));
  const cpu = words.findLast((word) => cpus[word] !== undefined);
  if (system === undefined || cpu === undefined)
    throw new Error(`${name} is missing from the lock file and names no platform.`);
  const libc =
    system !== 'linux' ? undefined : words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc';
  return { os: [system], cpu: [cpus[cpu] ?? cpu], ...(libc === undefined ? {} : { libc: [libc] }) };
}

const lock = readLock();
const missing = missingPackages(lock);
for (const { name, version, dev } of missing) {
  if (!/^\d+\.\d+\.\d+/.test(version))
    throw new Error(`${name} is missing from the lock file and its version is a range: ${version}`);
  lock.packages[`node_modules/${name}`] = {
    version,
    ...platformOf(name),
    ...(dev ? { dev: true } : {}),
    optional: true,
  };
}
const [first, ...paths] = Object.keys(lock.packages);
const sorted = [first ?? '', ...paths.sort((a, b) => a.localeCompare(b, 'en'))];
lock.packages = Object.fromEntries(sorted.map((path) => [path, lock.packages[path] ?? {}]));
writeFileSync(lockPath, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`lock file: ${missing.length} platform packages entered`);
