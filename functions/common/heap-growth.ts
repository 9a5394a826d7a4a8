import { setFlagsFromString } from "node:v8";

/**
 * Lets V8's heap grow to four times what is alive before all of it is collected. By itself V8 collects everything after some
 * 24 MB more, and counts the buffers of images among them: after every third image, at 25 ms each. Some 20 MB are alive in a
 * function, so that this costs 60 MB at most. V8 looks at the flag at each collection; it need not be set when Node starts.
 */
export const letHeapGrow = (): void => setFlagsFromString("--heap-growing-percent=300");
