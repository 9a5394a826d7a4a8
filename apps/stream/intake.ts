import { Problem } from "../common/problem";

export interface IntakeProps {
  /** Bytes of images under way at once. */
  readonly mostBytes: number;
  /** Age of the oldest image under way from which callers wait. */
  readonly lagSeconds: number;
  /** The same from which the way counts as down. */
  readonly downSeconds: number;
  /** Milliseconds that only grow. @default - the process's own clock */
  readonly now?: () => number;
}

/** Images that go the same way: in a record, or through S3. */
export type Way = "inline" | "claim";

/** An image that was let in. */
export interface Admitted {
  /** It is read and has this many bytes; from now on it waits for its confirmation. */
  sending(bytes: number, way: Way): void;
  /** It ended: confirmed, not confirmed, or refused before it was sent. */
  done(outcome: "confirmed" | "failed" | "refused"): void;
}

/** What is known of one way. */
interface Lane {
  /** When each image under way was sent, the oldest first. */
  readonly since: Map<object, number>;
  /** The last image that ended was not confirmed. */
  failed: boolean;
  /** The image that finds out, after a failure, whether the way is open again. */
  trial?: object | undefined;
}

/** When to come back after too many bytes or a slow broker, and after one that is down. */
const waitSeconds = 2;
const downWaitSeconds = 5;

/**
 * Lets images in as fast as Kafka and S3 take them. Memory is bounded by the bytes under way; a broker that is slow or down
 * shows in the age of the oldest image that waits for its confirmation. After a failure one image at a time finds out
 * whether the way is open again.
 */
export class Intake {
  private bytes = 0;
  private readonly lanes: Record<Way, Lane> = {
    inline: { since: new Map(), failed: false },
    claim: { since: new Map(), failed: false },
  };
  private readonly now: () => number;

  constructor(private readonly props: IntakeProps) {
    this.now = props.now ?? (() => performance.now());
  }

  /** undefined when images go through, else why not, for the operator. */
  get trouble(): string | undefined {
    const inline = this.lanes.inline;
    if (this.ageOf(inline) >= this.props.downSeconds) return "Kafka confirms nothing.";
    return inline.failed ? "Kafka did not confirm the last image." : undefined;
  }

  /**
   * @param bytes - what the image has at most.
   * @throws Problem 429 when there is too much under way or Kafka is slow, 503 when Kafka or S3 is down.
   */
  admit(bytes: number, way: Way): Admitted {
    // A record follows each claim, so a claim needs both ways.
    const { inline, claim } = this.lanes;
    const lanes = way === "claim" ? [inline, claim] : [inline];
    for (const lane of lanes) this.check(lane);
    // An image that is larger than all room is let in alone.
    if (this.bytes > 0 && this.bytes + bytes > this.props.mostBytes) {
      throw busy(`${this.bytes} bytes of images are under way, and at most ${this.props.mostBytes} may be.`);
    }
    return this.admitted(bytes, lanes);
  }

  private admitted(reserved: number, lanes: readonly Lane[]): Admitted {
    const key = {};
    let [held, sent]: [number, Lane | undefined] = [reserved, undefined];
    this.bytes += held;
    for (const lane of lanes) if (lane.failed) lane.trial = key;
    return {
      sending: (bytes, way) => {
        this.bytes += bytes - held;
        held = bytes;
        sent = this.lanes[way];
        sent.since.set(key, this.now());
      },
      done: (outcome) => {
        this.bytes -= held;
        held = 0;
        sent?.since.delete(key);
        if (sent !== undefined && outcome !== "refused") sent.failed = outcome === "failed";
        for (const lane of lanes) if (lane.trial === key) lane.trial = undefined;
      },
    };
  }

  private check(lane: Lane): void {
    const age = this.ageOf(lane);
    if (age >= this.props.downSeconds) throw down(`Nothing was confirmed for ${Math.floor(age)} s.`);
    if (lane.failed && (lane.trial !== undefined || lane.since.size > 0))
      throw down("The last image was not confirmed.");
    if (age >= this.props.lagSeconds) throw busy(`Confirmations take more than ${this.props.lagSeconds} s.`);
  }

  /** In seconds; 0 when nothing is under way. */
  private ageOf({ since }: Lane): number {
    const [oldest] = since.values();
    return oldest === undefined ? 0 : (this.now() - oldest) / 1000;
  }
}

const busy = (why: string): Problem =>
  new Problem({
    status: 429,
    code: "busy",
    title: "More images come than can be passed on",
    detail: `${why} Send the image again.`,
    retryAfterSeconds: waitSeconds,
  });

const down = (why: string): Problem =>
  new Problem({
    status: 503,
    code: "stream-down",
    title: "The stream of images is down",
    detail: `${why} Send the image again later.`,
    retryAfterSeconds: downWaitSeconds,
  });
