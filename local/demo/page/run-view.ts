import type { Counts, Reconciliation } from "../account";
import type { RunReport, StepReport } from "../report";
import { numberText, utcText, zonedText } from "./format";
import { type Html, html } from "./html";
import { layout } from "./layout";
import type { BatchStatus, Credit, DeployedSchedule } from "./page-data";
import { sendYourOwn } from "./send-your-own";

export interface RunViewProps {
  readonly report: RunReport;
  readonly schedule: DeployedSchedule | undefined;
  readonly batch: BatchStatus;
  /** Names of the plan outputs. */
  readonly plans: readonly string[];
  readonly credits: readonly Credit[];
}

/** The first page: what the run did, when the batch runs next, what Terraform planned. */
export function runView({ report, schedule, batch, plans, credits }: RunViewProps): string {
  const content = html`<p id="verdict" data-live="${report.state}" class="state ${report.state}" role="status">${verdict(report)}</p>
<p id="about" data-live class="quiet">${report.runId !== "" && html`<code>${report.runId}</code>, `}started ${utcText(new Date(report.startedAt))}${report.readySeconds !== undefined && `, ready after ${report.readySeconds.toFixed(1)} s`}</p>
<div class="columns">
<div id="report" data-live>
${report.account && accountTables(report.account)}
<h2>Steps</h2>
<table><thead><tr><th scope="col">step</th><th scope="col">state</th><th scope="col" class="number">seconds</th></tr></thead>
<tbody>${report.steps.map(stepRow)}</tbody></table>
</div>
<div>
${sendYourOwn(report.appUrls, batch)}
<div id="deployed" data-live>
<h2>Schedule of the batch</h2>
${scheduleBlock(schedule)}
<h2>What Terraform planned</h2>
${plans.length === 0 ? html`<p>No plan yet.</p>` : html`<ul>${plans.map((name) => html`<li><a href="/plans/${name}">${name}</a></li>`)}</ul>`}
</div>
${credits.length > 0 && creditsBlock(credits)}
</div>
</div>`;
  return layout("Run", "run", content);
}

function verdict({ state, account, imagesPerSecond }: RunReport): string {
  if (state === "running") return "The run goes on; this page follows it.";
  if (account === undefined) return "The run failed before every image was accounted for.";
  const speed = imagesPerSecond === undefined ? "" : ` ${imagesPerSecond.toFixed(1)} images a second.`;
  if (account.balanced)
    return `Every one of ${numberText(account.sent)} images is accounted for. Nothing lost.${speed}`;
  return `${account.lost.length} lost, ${account.duplicates.length} twice, ${account.wrong.length} not as expected.${speed}`;
}

function accountTables(account: Reconciliation): Html {
  const row = (name: string, { sent, processed, refused, onFailure, turnedAway }: Counts) =>
    html`<tr><th scope="row">${name}</th>${[sent, processed, refused, onFailure, turnedAway].map((count) => html`<td class="number">${numberText(count)}</td>`)}</tr>`;
  const any = (reasons: Readonly<Record<string, number>>) => Object.keys(reasons).length > 0;
  return html`<h2>Images</h2>
<table><thead><tr><th scope="col">way in</th><th scope="col" class="number">sent</th><th scope="col" class="number">processed</th><th scope="col" class="number">quarantined</th><th scope="col" class="number">on failure</th><th scope="col" class="number">turned away</th></tr></thead>
<tbody>${row("web app 1, streamed", account.bySource.stream)}${row("web app 2, uploaded", account.bySource.upload)}${row("all", account)}</tbody></table>
${any(account.reasons) && html`<h3>Reasons of <a href="/quarantine">quarantine</a></h3>${reasonList(account.reasons)}`}
${any(account.doorReasons) && html`<h3>Turned away by the web apps</h3>${reasonList(account.doorReasons)}`}
${problems("Lost", account.lost)}
${problems(
  "Twice",
  account.duplicates.map(({ imageId, where }) => `${imageId}: ${where.join(", ")}`),
)}
${problems(
  "Not as expected",
  account.wrong.map(({ name, kind, expected, got }) => `${name} (${kind}): expected ${expected}, but got ${got}`),
)}`;
}

const reasonList = (reasons: Readonly<Record<string, number>>): Html =>
  html`<ul>${Object.entries(reasons)
    .sort(([one], [other]) => one.localeCompare(other, "en"))
    .map(([reason, count]) => html`<li><code>${reason}</code>: ${count}</li>`)}</ul>`;

const problems = (title: string, lines: readonly string[]): Html =>
  lines.length === 0 ? html`` : html`<h3>${title}</h3><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;

const stepRow = ({ name, state, seconds, note }: StepReport): Html =>
  html`<tr><th scope="row">${name}</th><td><span class="step-${state}">${state}</span>${note !== undefined && html` <small>${note}</small>`}</td><td class="number">${seconds?.toFixed(1)}</td></tr>`;

function scheduleBlock(schedule: DeployedSchedule | undefined): Html {
  if (schedule === undefined) return html`<p>Not deployed yet.</p>`;
  const { expression, timeZone, enabled, next } = schedule;
  const rows = next.map((run) => html`<tr><td>${zonedText(run, timeZone)}</td><td>${utcText(run)}</td></tr>`);
  return html`<p><code>${expression}</code> in ${timeZone}${!enabled && ", switched off: nothing starts by itself"}.</p>
${enabled && html`<table><caption>Next runs</caption><thead><tr><th scope="col">in the administrator’s time zone</th><th scope="col">UTC</th></tr></thead><tbody>${rows}</tbody></table>`}`;
}

const creditsBlock = (credits: readonly Credit[]): Html =>
  html`<details><summary>Photographs and their licences</summary><ul>${credits.map(
    ({ file, shows, author, licence, source }) =>
      html`<li>${file}: ${shows}, ${author}, ${licence}, ${/^https:\/\//.test(source) ? html`<a rel="noreferrer" href="${source}">source</a>` : source}</li>`,
  )}</ul></details>`;
