import type { Environment } from "../../../environments/schema";
import { resourceName } from "../../../modules/names";
import type { Ministack } from "../../processes/ministack";
import { reconcile } from "../account";
import type { ClientSettings } from "../client-settings";
import type { CorpusItem } from "../corpus/item";
import type { ObjectStore } from "../object-store";
import { readOutcomes } from "../outcomes";
import type { PageData } from "../page/page-data";
import { completeRun, imagesOf, openRun } from "../run-record";
import { sendStreamed } from "../send/send-streamed";
import { sendUploads } from "../send/send-uploads";
import { openImages, unsentImages, waitingUploads } from "../unsent";
import { UploadJournal } from "../upload-journal";
import type { CurrentReport } from "./current-report";
import { places } from "./places";
import type { WebAppUrls } from "./servers";
import type { Note, Steps } from "./steps";
import { waitForStream } from "./stream-lag";

/** The emulated account and the broker while they are up. */
export interface RunningAccount {
  readonly endpoint: string;
  readonly settings: ClientSettings;
  readonly kafkaBrokers: readonly string[];
  readonly store: ObjectStore;
}

export interface SendingProps {
  readonly environment: Environment;
  readonly buckets: PageData["buckets"];
  readonly steps: Steps;
  readonly report: CurrentReport;
  readonly signal: AbortSignal;
  /** The steps that are needed. */
  readonly corpus: Promise<readonly CorpusItem[]>;
  readonly gateway: Promise<RunningAccount>;
  readonly deployed: Promise<void>;
  readonly runners: Promise<{ readonly runBatchNow: (note: Note) => Promise<void> }>;
  readonly apps: Promise<WebAppUrls>;
  readonly ministack: Promise<Pick<Ministack, "save">>;
}

/** Adds the steps that send the corpus through the web apps, have it processed, and hold every image against its end. */
export function addSending(props: SendingProps): void {
  const { environment, buckets, steps, report, signal, corpus, gateway, deployed, runners, apps, ministack } = props;
  const { topic } = environment.streaming;
  const run = steps.add("Account of the run", [corpus, gateway, deployed], async ([items, { store }], note) => {
    const record = openRun(places.run, items, new Date());
    const journal = new UploadJournal(places.uploads, record.runId);
    const images = () => imagesOf(record, items, buckets.uploads, (id) => journal.of(id));
    report.runId = record.runId;
    const waiting = await waitingUploads(store, buckets.uploads);
    const outcomes = record.resumed ? await readOutcomes(store, buckets) : [];
    const all = images();
    const unsent = unsentImages(waiting, all, outcomes);
    if (record.resumed)
      note(`run ${record.runId} was stopped and is taken up: ${unsent.length} of ${all.length} images to send`);
    return { record, journal, images, unsent, open: openImages(all, outcomes).length };
  });
  const streamed = steps.add(
    "Stream through web app 1",
    [run, apps, runners],
    async ([{ unsent, open }, { stream: url }], note) => {
      report.sending(open);
      const images = unsent.filter(({ source }) => source === "stream");
      const onProgress = (sent: number) => note(`${sent} of ${images.length} images`);
      return sendStreamed({ url, images, onProgress, signal });
    },
  );
  const uploaded = steps.add(
    "Upload through web app 2",
    [run, apps, runners],
    async ([{ unsent, journal }, { upload: url }], note) => {
      const images = unsent.filter(({ source }) => source === "upload");
      const onProgress = (sent: number) => note(`${sent} of ${images.length} images`);
      return sendUploads({ url, images, journal, onProgress, signal });
    },
  );
  const batch = steps.add("Scheduled batch", [runners, uploaded], ([{ runBatchNow }], note) => runBatchNow(note));
  const taken = steps.add("Stream function", [gateway, streamed], ([{ kafkaBrokers: brokers }], note) =>
    waitForStream({ brokers, topic, groupId: resourceName(environment, "stream"), signal }, note),
  );
  void steps.add(
    "Accounting",
    [run, gateway, ministack, streamed, uploaded, batch, taken],
    async ([{ record, images }, { store }, { save }, turnedAwayByStream, turnedAwayByUpload], note) => {
      const turnedAway = [...turnedAwayByStream, ...turnedAwayByUpload];
      const accounted = reconcile(images(), [...turnedAway, ...(await readOutcomes(store, buckets))]);
      report.accounted(accounted);
      await save();
      if (accounted.lost.length === 0) completeRun(places.run, record);
      note(`${accounted.sent} sent, ${accounted.lost.length} lost`);
    },
  );
}
