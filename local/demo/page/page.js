// While the run goes on, the report is fetched again each second; the rest of the page stays where the reader is.
const follow = async () => {
  const report = document.getElementById("report");
  if (report === null || report.dataset.state !== "running") return;
  try {
    const text = await (await fetch("/", { cache: "no-store" })).text();
    const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("report");
    if (fresh !== null) report.replaceWith(document.adoptNode(fresh));
  } catch {
    // The run has ended with its servers; what was shown last stays.
  }
  setTimeout(follow, 1000);
};
setTimeout(follow, 1000);
