import { refusalReasons } from "../../functions/contract/refusal";
import { UserError } from "../../gitops/user-error";

/** What quarantine keeps for these is no image, or not the one that was announced: only its sender can put it right. */
const ofTransport = ["bad-message", "claim-missing", "checksum-mismatch"];

/**
 * Reasons of refusal that another version of the processing, or more time, may change.
 * @throws UserError
 */
export function readReasons(texts: readonly string[]): Set<string> {
  const known = (text: string) => refusalReasons.some((reason) => reason === text) || /^custom-[a-z0-9-]+$/.test(text);
  const wrong = texts.filter((text) => !known(text));
  if (wrong.length === 0) return new Set(texts);
  const transport = wrong.filter((text) => ofTransport.includes(text));
  throw new UserError(
    `--reason: expected any of ${refusalReasons.join(", ")} or custom-…, but got ${wrong.join(", ")}.` +
      (transport.length > 0
        ? ` Images refused for ${transport.join(", ")} are to be sent again: what came was not what its sender announced.`
        : ""),
  );
}
