import type { IncomingHttpHeaders } from "node:http";
import type { Collections } from "./state";

/** What is known of a call before its body is read. */
export interface RequestHead {
  readonly method: string;
  /** Path as sent, percent-encoding kept, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Signing name of the service: the credential scope of the signature, for example `kafka`. */
  readonly service: string;
  /** 12 digits; the emulated account takes them from the access key. */
  readonly account: string;
  readonly region: string;
  /** `CreateDomain`: the called operation, for services that do not tell it by path. */
  readonly operation: string | undefined;
}

/** A call with its whole body. */
export interface GapRequest extends RequestHead {
  readonly body: Buffer;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer | string;
}

/** Parts of a request that a gap sends on in a changed form. */
export type Changes = Partial<Pick<GapRequest, "method" | "path" | "query" | "headers" | "body">>;

/** What a gap works with. */
export interface GapContext {
  /** What the gaps of this service remember for the caller's account and region; kept between runs. */
  readonly state: Collections;
  /** Sends the request on to the emulated account, with the given parts changed. */
  upstream(request: GapRequest, changes?: Changes): Promise<Reply>;
  /** `host:port` of the Kafka broker behind every MSK cluster. */
  readonly kafkaBrokers: readonly string[];
  now(): Date;
}

/** One thing the emulated account lacks, answered by us. One file each; listed in docs/local-account.md by its description. */
export interface Gap {
  readonly name: string;
  /** Signing name of the service, see `RequestHead.service`. */
  readonly service: string;
  /** One sentence for the list of that page, "Emulated by us". */
  readonly description: string;
  /** Whether `answer` is to be asked; everything else passes through untouched. */
  handles(request: RequestHead): boolean;
  /** @throws AwsError, rendered in the service's protocol. */
  answer(request: GapRequest, context: GapContext): Promise<Reply> | Reply;
}

/** An error as AWS would answer it. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}
