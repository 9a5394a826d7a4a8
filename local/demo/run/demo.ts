import type { Environment } from "../../../environments/schema";
import { localAccountEnvironment } from "../../../gitops/target";
import { bucketName, resourceName } from "../../../modules/names";
import { writeAccountFile } from "../../account-file";
import { startEventSources } from "../../event-source/event-source";
import { startGateway } from "../../gateway/gateway";
import { startScheduleRunner } from "../../schedule/schedule-runner";
import { clientSettings } from "../client-settings";
import { buildCorpus } from "../corpus/corpus";
import { s3Store } from "../s3-store";
import { BatchOnDemand } from "./batch-on-demand";
import type { CurrentReport } from "./current-report";
import { deploy } from "./deploy";
import { deployedSchedule } from "./deployed-schedule";
import { logFile } from "./log-file";
import type { StartOptions } from "./options";
import { places } from "./places";
import { endInterruptedBatches, removeStaleStateLocks } from "./recover";
import { runBatch } from "./run-batch";
import { addSending, type RunningAccount } from "./sending";
import { runKafka, runMinistack, runWebApps, type ServersProps } from "./servers";
import { readCredits, startPage } from "./start-page";
import type { Note, Steps } from "./steps";
import { synthesize } from "./synthesize";

export interface DemoProps extends ServersProps {
  readonly environment: Environment;
  readonly options: Pick<StartOptions, "port">;
  readonly steps: Steps;
  readonly report: CurrentReport;
}

/** Adds the steps of a run, from an empty computer to every image accounted for. */
export function addSteps({ environment, options, steps, report, ...props }: DemoProps): void {
  const { abort, closing } = props;
  const { signal } = abort;
  const { account, region, streaming, processing } = environment;
  const bucket = (part: "uploads" | "processed" | "quarantine") => bucketName(environment, part);
  const buckets = { uploads: bucket("uploads"), processed: bucket("processed"), quarantine: bucket("quarantine") };

  const batchOnDemand = new BatchOnDemand();
  /** Tells other commands what is up by now. */
  const tell = ({ endpoint, kafkaBrokers }: Pick<RunningAccount, "endpoint" | "kafkaBrokers">): void => {
    const { pageUrl, appUrls } = report;
    const urls = { ...(pageUrl !== undefined && { pageUrl }), ...(appUrls !== undefined && { appUrls }) };
    writeAccountFile({ pid: process.pid, endpoint, kafkaBrokers: [...kafkaBrokers], account, region, ...urls });
  };

  const kafka = steps.add("Apache Kafka", [], (_, note) => runKafka(environment, props, note));
  const ministack = steps.add("Emulated AWS account", [], (_, note) => runMinistack(props, note));
  const synthesized = steps.add("Synthesis of the stacks", [], () =>
    synthesize(places.root, places.synthesized, signal),
  );
  const corpus = steps.add("Files to send", [], async (_, note) => {
    const settings = { picturesPerSource: 224, inlineMaxBytes: streaming.inlineMaxBytes, ...processing.limits };
    const onProgress = (made: number) => note(`${made} made`);
    const folders = { photographsFolder: places.photographs, cacheFolder: places.corpus };
    const items = await buildCorpus({ ...folders, settings, onProgress, signal });
    note(`${items.length} files`);
    return items;
  });

  const gateway = steps.add("Gateway", [ministack, kafka], async ([{ endpoint: upstream }, kafkaBrokers], note) => {
    const started = await startGateway({ upstream, stateFile: places.gateway, kafkaBrokers });
    await closing.add("gateway", () => started.stop());
    const { endpoint } = started;
    tell({ endpoint, kafkaBrokers });
    note(endpoint);
    const settings = clientSettings(endpoint, account, region);
    return { endpoint, settings, kafkaBrokers, store: s3Store(settings) };
  });
  void steps.add("Page", [gateway], async ([aws], note) => {
    const { settings, store } = aws;
    const schedule = () => deployedSchedule(settings, environment, new Date());
    const credits = readCredits(places.photographs);
    const about = { schedule, credits, plansFolder: places.plans, report: () => report.now() };
    const data = { store, buckets, batch: batchOnDemand, ...about };
    const page = await startPage(data, options.port);
    await closing.add("page", () => page.stop());
    report.pageUrl = page.url;
    tell(aws);
    note(page.url);
  });

  const deployed = steps.add(
    "Terraform",
    [gateway, ministack, synthesized],
    async ([{ endpoint, settings, store }, { save }], note) => {
      await removeStaleStateLocks(store, environment);
      const env = localAccountEnvironment(process.env, { endpoint, account, region });
      const folders = { outFolder: places.synthesized, workFolder: places.terraform, plansFolder: places.plans };
      await deploy({ environment: environment.name, ...folders, env, signal, deployed: places.deployed, save }, note);
      await endInterruptedBatches(settings, environment);
    },
  );
  const log = logFile(places.runners);
  const runners = steps.add("Event source and schedule", [gateway, deployed], async ([aws]) => {
    const { endpoint, kafkaBrokers, settings, store } = aws;
    const sources = await startEventSources({ endpoint, kafkaBrokers, account, region, log });
    await closing.add("event source", () => sources.stop());
    const schedules = await startScheduleRunner({ endpoint, account, region, log });
    await closing.add("schedule runner", () => schedules.stop());
    const start = () => schedules.runNow(resourceName(environment, "batch"), resourceName(environment, "schedules"));
    const runBatchNow = (note: Note) =>
      runBatch({ settings, store, uploadsBucket: buckets.uploads, start, signal }, note);
    batchOnDemand.offer(runBatchNow);
    report.ready();
    return { runBatchNow };
  });
  const apps = steps.add("Web apps", [gateway, deployed], async ([aws], note) => {
    const { endpoint } = aws;
    const urls = await runWebApps(environment, { endpoint, account, region }, props, log);
    report.appUrls = urls;
    tell(aws);
    report.ready();
    note(`${urls.stream} (stream), ${urls.upload} (upload)`);
    return urls;
  });

  addSending({ environment, buckets, steps, report, signal, corpus, gateway, deployed, runners, apps, ministack });
}
