import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { AwsError, type Gap, type GapContext, type GapRequest, type Reply, type RequestHead } from "./gap";
import { gaps as everyGap } from "./gaps";
import { errorReply } from "./replies";
import { isForm, requestHead } from "./request-head";
import { GatewayState } from "./state";
import { Upstream } from "./upstream";

export interface GatewayProps {
  /** Endpoint of the emulated account, for example `http://127.0.0.1:4566`. */
  readonly upstream: string;
  /** JSON file in which the gaps keep what the emulated account does not. */
  readonly stateFile: string;
  /** `host:port` of the brokers that every MSK cluster of the account stands for. */
  readonly kafkaBrokers: readonly string[];
  /** @default - a free port */
  readonly port?: number;
  /** @default - all of `gaps/index.ts` */
  readonly gaps?: readonly Gap[];
  /** @default - the clock */
  readonly now?: () => Date;
}

export interface Gateway {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * The local account's address: a reverse proxy that answers what the emulated account lacks (`gaps/`) and streams
 * everything else through untouched.
 */
export const startGateway = async (props: GatewayProps): Promise<Gateway> => {
  const { stateFile, kafkaBrokers, port = 0, gaps = everyGap, now = () => new Date() } = props;
  const state = new GatewayState(stateFile);
  const upstream = new Upstream(props.upstream);
  const contextFor = ({ service, account, region }: RequestHead): GapContext => ({
    state: state.collections(service, account, region),
    upstream: (request, changes) => upstream.send(request, changes),
    kafkaBrokers,
    now,
  });

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const head = requestHead(message);
    const ofService = gaps.filter(({ service }) => service === head.service);
    // Only a form hides its operation in the body, and a form is small; no other body is read before a gap wants it.
    const form = ofService.length > 0 && isForm(head) ? await buffer(message) : undefined;
    const known = form ? { ...head, operation: new URLSearchParams(form.toString()).get("Action") ?? undefined } : head;
    const gap = ofService.find((candidate) => candidate.handles(known));
    if (gap === undefined) return upstream.pass(message, response, form);
    const request = { ...known, body: form ?? (await buffer(message)) };
    return write(response, await answer(gap, request, contextFor(request)));
  };

  const server = createServer({ keepAliveTimeout: 60_000 }, (message, response) => {
    handle(message, response).catch(() => response.destroy());
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
      upstream.close();
    });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
};

const answer = async (gap: Gap, request: GapRequest, context: GapContext): Promise<Reply> => {
  try {
    return await gap.answer(request, context);
  } catch (error) {
    if (error instanceof AwsError) return errorReply(request, error);
    const cause = error instanceof Error ? error.message : String(error);
    return errorReply(request, new AwsError("ServiceUnavailable", `local gateway, gap ${gap.name}: ${cause}`, 503));
  }
};

const write = (response: ServerResponse, { status, headers, body }: Reply): void => {
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  response.end(body);
};
