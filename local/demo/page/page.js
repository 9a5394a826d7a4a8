// While the run, or a batch that was asked for, goes on, what is live is fetched again each second and replaced where it has changed; the rest of the
// page stays where the reader is.
const takeOver = (shown, fresh) => {
  if (fresh === null || shown.outerHTML === fresh.outerHTML) return;
  shown.className = fresh.className;
  shown.dataset.live = fresh.dataset.live;
  // A heard verdict is not said again.
  if (shown.innerHTML !== fresh.innerHTML) shown.replaceChildren(...document.adoptNode(fresh).childNodes);
};
const follow = async () => {
  if (document.querySelector('[data-live="running"]') === null) return;
  try {
    const text = await (await fetch("/", { cache: "no-store" })).text();
    const page = new DOMParser().parseFromString(text, "text/html");
    for (const shown of document.querySelectorAll("[data-live]")) takeOver(shown, page.getElementById(shown.id));
  } catch {
    // The run has ended with its servers; what was shown last stays.
  }
  setTimeout(follow, 1000);
};
setTimeout(follow, 1000);
