/**
 * Small buffers of Node share one slab of memory, and Electron's messages copy the whole slab behind a view. So in
 * the process that holds keys no buffer shares: what is posted carries nothing but itself. Imported first.
 */
Buffer.poolSize = 0;

export {};
