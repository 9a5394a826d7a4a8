// At each change the page is fetched again, and what differs is replaced; opened features stay open.
const takeOver = (shown, fresh) => {
  if (fresh === null || shown.outerHTML === fresh.outerHTML) return;
  shown.className = fresh.className;
  if (shown.id !== "images") {
    if (shown.innerHTML !== fresh.innerHTML) shown.replaceChildren(...document.adoptNode(fresh).childNodes);
    return;
  }
  for (const item of [...shown.children]) if (fresh.querySelector(`#${item.id}`) === null) item.remove();
  for (const item of [...fresh.children]) {
    const old = document.getElementById(item.id);
    const open = old?.querySelector("details")?.open ?? false;
    const details = item.querySelector("details");
    if (details !== null) details.open = open;
    if (old === null) shown.append(document.adoptNode(item));
    else if (old.outerHTML !== item.outerHTML) old.replaceWith(document.adoptNode(item));
  }
};

let fetching = false;
let again = false;
const refresh = async () => {
  if (fetching) {
    again = true;
    return;
  }
  fetching = true;
  try {
    const page = new DOMParser().parseFromString(await (await fetch("/", { cache: "no-store" })).text(), "text/html");
    for (const shown of document.querySelectorAll("[data-live]")) takeOver(shown, page.getElementById(shown.id));
  } finally {
    fetching = false;
    if (again) {
      again = false;
      refresh().catch(() => undefined);
    }
  }
};

const events = new EventSource("/events");
events.onmessage = () => refresh().catch(() => undefined);
events.onerror = () => {
  document.getElementById("about").textContent = "The watch has ended; what was shown last stays.";
};
