import type { RunReport } from "../report";
import { type Html, html } from "./html";
import type { BatchStatus } from "./page-data";

/** Where people send pictures of their own, and how those that wait for the batch are processed at once. */
export function sendYourOwn(appUrls: RunReport["appUrls"], batch: BatchStatus): Html {
  const live = batch.state === "running" ? "running" : "";
  return html`<div id="send" data-live="${live}">
<h2>Send pictures of your own</h2>
${appUrls === undefined ? html`<p>The web apps are not up yet.</p>` : links(appUrls)}
${batch.state !== "unavailable" && html`<form method="post" action="/batch"><button${batch.state === "running" && html` disabled`}>Run the batch now</button></form>`}
${batch.note !== undefined && html`<p role="status">The run of the batch: ${batch.note}.</p>`}
</div>`;
}

const links = ({ stream, upload }: NonNullable<RunReport["appUrls"]>): Html =>
  html`<ul><li><a href="${stream}">Web app 1</a> streams them through Kafka: they are among the <a href="/images">pictures</a> at once.</li>
<li><a href="${upload}">Web app 2</a> uploads them to S3: the next batch processes them.</li></ul>`;
