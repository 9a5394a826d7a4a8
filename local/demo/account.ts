import type { Expectation, Source } from "./corpus/item";
import type { DoorReason } from "./corpus/refusal";

/** An image that was sent: what the account is held against. */
export interface SentImage {
  /** The image's identity in the pipeline. */
  readonly imageId: string;
  readonly source: Source;
  readonly name: string;
  readonly kind: string;
  readonly expectation: Expectation | `turnedAway:${DoorReason}`;
}

/** Where an image ended, as found in the buckets, or as the web app answered that turned it away. */
export interface Outcome {
  readonly imageId: string;
  readonly end: "processed" | "refused" | "onFailure" | "turnedAway";
  /** Version of the processing code; two versions may each have processed an image. */
  readonly version?: string;
  /** Why it was refused or turned away. */
  readonly reason?: string;
  /** Bucket and key of the object that shows it; of one that was turned away, who answered. */
  readonly where: string;
}

/** Counts of one source. */
export interface Counts {
  readonly sent: number;
  readonly processed: number;
  readonly refused: number;
  readonly onFailure: number;
  /** By a web app, at the door. */
  readonly turnedAway: number;
}

/** An image that ended otherwise than expected. */
export interface WrongImage {
  readonly imageId: string;
  readonly name: string;
  readonly kind: string;
  readonly expected: SentImage["expectation"];
  readonly got: string;
}

/** Every sent image, accounted for. */
export interface Reconciliation extends Counts {
  readonly bySource: Readonly<Record<Source, Counts>>;
  /** Refused images by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Images turned away by reason. */
  readonly doorReasons: Readonly<Record<string, number>>;
  /** Ids that ended nowhere. */
  readonly lost: readonly string[];
  /** Ids that ended more than once, with the objects that show it. */
  readonly duplicates: readonly { readonly imageId: string; readonly where: readonly string[] }[];
  readonly wrong: readonly WrongImage[];
  /** Nothing lost, nothing twice, everything as expected. */
  readonly balanced: boolean;
}

/**
 * Holds what was sent against what the buckets show and the web apps turned away: every image must have ended exactly once. Outcomes of images that
 * were not sent here (earlier runs) are left out.
 */
export function reconcile(sent: readonly SentImage[], outcomes: readonly Outcome[]): Reconciliation {
  const found = new Map<string, Outcome[]>(sent.map(({ imageId }) => [imageId, []]));
  for (const outcome of outcomes) found.get(outcome.imageId)?.push(outcome);
  const ends = (image: SentImage) => found.get(image.imageId) ?? [];
  const count = (images: readonly SentImage[]): Counts => {
    const ended = (end: Outcome["end"]) => images.filter((image) => ends(image)[0]?.end === end).length;
    return {
      sent: images.length,
      processed: ended("processed"),
      refused: ended("refused"),
      onFailure: ended("onFailure"),
      turnedAway: ended("turnedAway"),
    };
  };
  const reasonsOf = (end: Outcome["end"]): Record<string, number> => {
    const reasons: Record<string, number> = {};
    for (const image of sent) {
      const [first] = ends(image);
      if (first?.end === end) reasons[first.reason ?? "unknown"] = (reasons[first.reason ?? "unknown"] ?? 0) + 1;
    }
    return reasons;
  };
  const differentVersions = (outcomes: readonly Outcome[]) =>
    outcomes.every(({ end }) => end === "processed") &&
    new Set(outcomes.map(({ version }) => version)).size === outcomes.length;
  const lost = sent.filter((image) => ends(image).length === 0).map(({ imageId }) => imageId);
  const duplicates = sent
    .filter((image) => ends(image).length > 1 && !differentVersions(ends(image)))
    .map((image) => ({ imageId: image.imageId, where: ends(image).map(({ where }) => where) }));
  const wrong = sent.flatMap((image) => wrongOf(image, ends(image)[0]));
  const bySource = {
    stream: count(sent.filter(({ source }) => source === "stream")),
    upload: count(sent.filter(({ source }) => source === "upload")),
  };
  const balanced = lost.length + duplicates.length + wrong.length === 0;
  const [reasons, doorReasons] = [reasonsOf("refused"), reasonsOf("turnedAway")];
  return { ...count(sent), bySource, reasons, doorReasons, lost, duplicates, wrong, balanced };
}

function wrongOf({ imageId, name, kind, expectation }: SentImage, outcome: Outcome | undefined): WrongImage[] {
  if (outcome === undefined) return [];
  const { end, reason = "unknown" } = outcome;
  const got = end === "refused" || end === "turnedAway" ? `${end}:${reason}` : end;
  return got === expectation ? [] : [{ imageId, name, kind, expected: expectation, got }];
}
