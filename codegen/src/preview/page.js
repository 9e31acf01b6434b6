// Shows the site in a frame, reloads it when the spec changes, and shows errors, help and the man page.
const site = document.querySelector("iframe");
const state = document.querySelector(".state");
const report = document.querySelector(".report");
const beside = document.querySelector(".beside");
const width = document.querySelector(".width input");
const buttons = [...document.querySelectorAll("button")];
let view = "";

// The name of the page in the frame.
function page() {
  const path = site.contentWindow.location.pathname;
  return decodeURIComponent(path.split("/").pop().replace(/\.(html|md)$/, ""));
}

async function showBeside() {
  beside.hidden = view === "";
  document.querySelector(".width").hidden = view === "";
  document.querySelector(".width output").value = width.value;
  if (view === "") return;
  const asked = `${view}/${encodeURIComponent(page())}?width=${width.value}`;
  const answer = await fetch(asked).catch(() => null);
  // Another one may have been asked for in the meantime.
  if (asked !== `${view}/${encodeURIComponent(page())}?width=${width.value}`) return;
  const text = answer?.ok ? await answer.text() : "";
  beside.firstElementChild.textContent = text;
}

function showState({ report: text, summary }) {
  const isWrong = / errors?\b/.test(summary);
  state.textContent = summary === "" ? "No errors or warnings" : summary;
  state.classList.toggle("wrong", isWrong);
  if (isWrong) state.textContent += "; the site is the last one without errors";
  report.hidden = text === "";
  report.classList.toggle("wrong", isWrong);
  report.firstElementChild.textContent = text.trimEnd();
}

function reload() {
  const { scrollX, scrollY } = site.contentWindow;
  site.addEventListener("load", () => site.contentWindow.scrollTo(scrollX, scrollY), { once: true });
  site.contentWindow.location.reload();
}

async function follow() {
  let seen = 0;
  let isBack = false;
  for (;;) {
    try {
      const answer = await fetch(`state?seen=${seen}`);
      const next = await answer.json();
      if (next.version !== seen) {
        showState(next);
        if (seen !== 0 || isBack) reload();
        isBack = false;
        seen = next.version;
        document.documentElement.dataset.version = String(seen);
      }
    } catch {
      state.textContent = "The preview has ended";
      state.classList.add("wrong");
      seen = 0;
      isBack = true;
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}

for (const button of buttons) {
  button.addEventListener("click", () => {
    view = button.dataset.view;
    for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
    showBeside();
  });
}
width.addEventListener("input", showBeside);
site.addEventListener("load", () => {
  // The page is gone, for example because its command has another name now.
  const [loading] = site.contentWindow.performance.getEntriesByType("navigation");
  if (loading?.responseStatus === 404 && page() !== "index") {
    site.contentWindow.location.replace("index.html");
    return;
  }
  // The frame shows only the site.
  for (const link of site.contentDocument.links) {
    if (link.origin !== location.origin) link.target = "_blank";
  }
  document.title = `${site.contentDocument.title} - Preview`;
  showBeside();
});
follow();
