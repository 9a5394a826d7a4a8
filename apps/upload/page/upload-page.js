import { ask } from "./api.js";
import { FileList } from "./file-list.js";
import { NextBatch } from "./next-batch.js";
import { takeFiles } from "./taken-files.js";
import { idOf, Unfinished } from "./unfinished.js";
import { UnfinishedList } from "./unfinished-list.js";
import { UploadQueue } from "./upload-queue.js";
import { mebibytes } from "./words.js";

/** Screen readers are told at most so often, or they would never be silent. */
const spokenMilliseconds = 5000;

const element = (id) => document.getElementById(id);
const unfinished = new Unfinished();
const underWay = new Set();

const queue = new UploadQueue(unfinished, (item) => {
  if (["waiting", "sending", "again"].includes(item.state)) underWay.add(item.file);
  else underWay.delete(item.file);
  list.show(item);
  showSummary();
});
const list = new FileList(element("list"), (item) => queue.cancel(item));
const unfinishedList = new UnfinishedList(
  {
    section: element("unfinished"),
    list: element("unfinished-list"),
    title: element("unfinished-title"),
    after: element("files"),
  },
  unfinished,
);
const isUnderWay = (uploadId) => [...underWay].some((file) => unfinished.find(file)?.uploadId === uploadId);

const spoken = { at: 0, timer: undefined };

function showSummary() {
  const {
    all,
    done = 0,
    refused = 0,
    again = 0,
    cancelled = 0,
    left,
    share,
    "signed-out": signedOut = 0,
  } = list.counts;
  const parts = [
    `${done} of ${all} uploaded`,
    refused && `${refused} refused`,
    cancelled && `${cancelled} cancelled`,
    again && `${again} waiting to try again`,
  ];
  const text = `${parts.filter(Boolean).join(", ")}${left === 0 ? ". All done." : ""}`;
  element("summary").textContent = text;
  element("all").hidden = left === 0;
  element("all").value = share;
  element("signed-out").hidden = signedOut === 0;
  unfinishedList.show(isUnderWay);
  speak(text, left === 0);
}

function speak(text, atOnce) {
  clearTimeout(spoken.timer);
  const wait = atOnce ? 0 : Math.max(0, spoken.at + spokenMilliseconds - Date.now());
  const say = () => {
    spoken.at = Date.now();
    if (element("spoken").textContent !== text) element("spoken").textContent = text;
  };
  spoken.timer = setTimeout(say, wait);
}

takeFiles({ input: element("files"), drop: element("drop") }, (files) => {
  for (const file of files) {
    // Chosen twice, a file is uploaded once.
    if (![...underWay].some((other) => idOf(other) === idOf(file))) queue.add(file);
  }
});
addEventListener("beforeunload", (event) => {
  if (queue.left > 0) event.preventDefault();
});

unfinishedList.show(isUnderWay);
void new NextBatch({ batch: element("batch"), here: element("batch-here") }).show();
const { state, body } = await ask("/limits");
if (state === "done") {
  const kinds = body.accepted.map((type) => type.replace("image/", "").toUpperCase()).join(", ");
  element("files").accept = body.accepted.join(",");
  element("limits").textContent = `${kinds}; at most ${mebibytes(body.mostBytes)} each.`;
}
