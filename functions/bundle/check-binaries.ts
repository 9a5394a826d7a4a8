import { BundleError } from "./bundle-error";

/** `e_machine` of an ELF file for 64-bit ARM ("ELF for the Arm 64-bit Architecture", 5.1). */
const AARCH64 = 183;

const isElf = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(0, 4).equals(Buffer.from("\x7fELF", "latin1"));

/**
 * A bundle with the binary of another machine deploys well and fails on its first image, so it is looked for here.
 * @throws BundleError when a bundle for Lambda on arm64 holds anything else than arm64 binaries for glibc.
 */
export function checkArm64(files: Readonly<Record<string, Uint8Array>>): void {
  const names = Object.keys(files);
  const wrong = names.filter((name) => {
    const bytes = files[name] ?? new Uint8Array();
    const machine = isElf(bytes) ? Buffer.from(bytes).readUInt16LE(18) : AARCH64;
    return machine !== AARCH64 || /@img\/.*(musl|x64)/.test(name);
  });
  if (wrong.length > 0)
    throw new BundleError(`The bundle for arm64 holds binaries of another machine: ${wrong.join(", ")}`);
  const needed = /@img\/sharp-linux-arm64\/lib\/.*\.node$/;
  if (!names.some((name) => needed.test(name))) {
    throw new BundleError("The bundle for arm64 lacks @img/sharp-linux-arm64: npm did not install it");
  }
}
