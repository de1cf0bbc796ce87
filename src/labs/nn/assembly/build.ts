/** `npm run kernels`: compiles the kernels and writes them to kernels.wasm.ts, where Node, the tests and the workers of the labs find them. */
import { writeFileSync } from 'node:fs';
import { compileKernels, KERNELS_FILE, kernelsModule } from './compile.ts';

writeFileSync(KERNELS_FILE, kernelsModule(await compileKernels()));
