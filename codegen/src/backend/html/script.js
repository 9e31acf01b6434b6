"use strict";
// Search, keys, copying and the switch between light and dark. Pages are complete without it.
(() => {
  const root = document.documentElement;
  // Some browsers forbid storage for local files.
  const stored = (() => { try { return localStorage.getItem("theme"); } catch { return null; } })();
  if (stored === "light" || stored === "dark") root.dataset.theme = stored;
  root.classList.add("scripts");

  const themes = (button) => {
    const system = matchMedia("(prefers-color-scheme: dark)");
    const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem("theme", root.dataset.theme); } catch { /* It lasts until the page is left. */ }
      show();
    });
    system.addEventListener("change", show);
    button.hidden = false;
    show();
  };

  const copying = () => {
    for (const block of document.querySelectorAll(".code")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Copy";
      button.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(block.querySelector("code").textContent);
          button.textContent = "Copied";
        } catch {
          getSelection().selectAllChildren(block.querySelector("code"));
          button.textContent = "Selected";
        }
        setTimeout(() => { button.textContent = "Copy"; }, 2000);
      });
      block.append(button);
    }
  };

  // An entry: address, title, description, and the names of options and variables separated by spaces.
  const fromPage = () => [...document.querySelectorAll("article")].map((article) => [
    "#" + encodeURIComponent(article.id),
    article.dataset.label,
    article.querySelector(".about")?.textContent ?? "",
    [...article.querySelectorAll("dt[id]")]
      .map((item) => item.id.slice(article.id.length + 1))
      .filter((name) => name.startsWith("-") || name.startsWith("variable-"))
      .join(" "),
  ]);
  const fromFile = () => new Promise((resolve) => {
    const script = document.createElement("script");
    script.src = "search.js";
    script.addEventListener("load", () => resolve(globalThis.searchEntries));
    script.addEventListener("error", () => resolve([]));
    document.head.append(script);
  });
  const read = async () => {
    const list = document.body.classList.contains("single") ? fromPage() : await fromFile();
    return list.map(([address, title, about, items]) => ({
      address, title, about,
      items: items ? items.split(" ") : [],
      name: title.toLowerCase(),
      text: `${title} ${about} ${items}`.toLowerCase(),
    }));
  };
  let loading = null;
  const load = () => (loading ??= read());

  const shown = (item) => item.replace(/^variable-/, "");
  // The better an entry matches, the higher its score. Every word must occur in it.
  const match = (entry, words) => {
    let score = 0;
    let item = null;
    for (const word of words) {
      if (!entry.text.includes(word)) return null;
      const is = (test) => entry.items.find((it) => test(shown(it).toLowerCase().replace(/^-+/, "")));
      const bare = word.replace(/^-+/, "");
      const exact = bare && is((name) => name === bare);
      if (entry.name.split(" ").includes(word)) score += 8;
      else if (exact) { score += 6; item ??= exact; }
      else if (entry.name.includes(word)) score += 4;
      else if (bare && is((name) => name.startsWith(bare))) { score += 2; item ??= is((name) => name.startsWith(bare)); }
    }
    return { entry, item, score: score - entry.name.length / 1000 };
  };
  const find = (list, query) => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const found = list.map((entry) => match(entry, words)).filter(Boolean);
    return found.sort((a, b) => b.score - a.score).slice(0, 30);
  };

  const searching = (box) => {
    const input = box.querySelector("input");
    const results = box.querySelector(".results");
    const status = box.querySelector(".status");
    const result = ({ entry, item }) => {
      const link = document.createElement("a");
      const mark = entry.address.startsWith("#") ? "." : "#";
      link.href = item ? entry.address + mark + encodeURIComponent(item) : entry.address;
      const title = document.createElement("strong");
      title.textContent = item ? `${entry.title} ${shown(item)}` : entry.title;
      const about = document.createElement("span");
      about.textContent = entry.about;
      link.append(title, about);
      const line = document.createElement("li");
      line.append(link);
      return line;
    };
    const none = () => {
      const line = document.createElement("li");
      line.append(document.createElement("p"));
      line.firstChild.textContent = "Nothing found";
      return line;
    };
    const search = async () => {
      const list = await load();
      const query = input.value.trim();
      const found = find(list, query);
      const lines = found.map(result);
      results.replaceChildren(...(query && !lines.length ? [none()] : lines));
      status.textContent = query ? `Results: ${found.length}` : "";
    };
    const close = () => { results.replaceChildren(); status.textContent = ""; };
    const move = (by) => {
      const stops = [input, ...results.querySelectorAll("a")];
      const at = stops.indexOf(document.activeElement);
      stops[Math.min(Math.max(at + by, 0), stops.length - 1)].focus();
    };
    input.addEventListener("focus", load);
    input.addEventListener("input", search);
    box.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") move(1);
      else if (event.key === "ArrowUp") move(-1);
      else if (event.key === "Escape") { close(); input.value = ""; input.blur(); }
      else if (event.key === "Enter" && document.activeElement === input) results.querySelector("a")?.click();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    results.addEventListener("click", () => setTimeout(close));
    document.addEventListener("click", (event) => { if (!box.contains(event.target)) close(); });
    box.hidden = false;
    return input;
  };

  const keys = (input) => {
    document.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey && event.key !== "/") return;
      // Keys in fields and in blocks that scroll belong to these.
      if (event.target !== document.body) {
        if (event.key !== "/" || event.target === input) return;
      }
      const follow = (rel) => {
        const link = document.querySelector(`link[rel="${rel}"]`);
        if (link) location.href = link.href;
      };
      if (event.key === "/") { event.preventDefault(); input.focus(); }
      else if (event.key === "ArrowLeft") follow("prev");
      else if (event.key === "ArrowRight") follow("next");
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    themes(document.querySelector(".theme"));
    copying();
    keys(searching(document.querySelector(".search")));
  });
})();
