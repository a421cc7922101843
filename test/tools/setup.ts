import { assertRuntime } from '../../src/main/engine/runtime.ts';

assertRuntime();
