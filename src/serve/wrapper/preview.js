"use strict";

// The address of this window is that of the page in the frame. A page of
// another day stands below DAYS, and its links stay there.
const DAYS = "/.trainboard/on/";
const frame = document.getElementById("page");
const element = (name) => document.getElementById(name);

let stream = null;
let streamDay;
let shown = null;
let kept = null;

function split(path) {
  if (!path.startsWith(DAYS)) return { day: null, page: path };
  const rest = path.slice(DAYS.length);
  return { day: rest.slice(0, 10), page: rest.slice(10) };
}

function here() {
  try {
    const place = frame.contentWindow.location;
    if (place.protocol.startsWith("http")) return place;
  } catch { /* The frame shows what is not ours. */ }
  return window.location;
}

function file(page) {
  const path = decodeURIComponent(page).replace(/^\//, "");
  return path === "" || path.endsWith("/") ? path + "index.html" : path;
}

function keepScroll() {
  const view = frame.contentWindow;
  kept = { page: split(here().pathname).page, x: view.scrollX, y: view.scrollY };
}

function travel(day) {
  const place = here();
  const { page } = split(place.pathname);
  const path = shown && day === shown.today ? page : DAYS + day + page;
  keepScroll();
  frame.contentWindow.location.href = path + place.search + place.hash;
}

// What is around the page: state, period, days.
function dress(view) {
  const trouble = element("trouble");
  trouble.hidden = !view.trouble;
  trouble.querySelector("pre").textContent = view.trouble ?? "";
  const state = element("state");
  state.className = view.trouble ? "error" : "live";
  state.textContent = view.trouble ? "Error" : "Live preview";
  element("period").textContent = view.period ? `The page holds ${view.period}.` : "";
  element("travel").hidden = view.period === null && !view.trouble;
  element("day").value = view.day;
  element("before").disabled = !view.before;
  element("today").hidden = view.day === view.today;
  element("today").textContent = `Back to ${view.today}`;
  const first = new Option(view.coming.length ? "Choose a day" : "None is known", "");
  const days = view.coming.map(({ day, in_words, brings }) => new Option(`${in_words}: ${brings}`, day));
  element("coming").replaceChildren(first, ...days);
}

function isStale(view) {
  if (!shown || view.day !== shown.day) return false;
  if (view.server !== shown.server) return true;
  if (view.generation === shown.generation) return false;
  if (view.generation > shown.generation + 1 || view.changed === null) return true;
  const page = file(split(here().pathname).page);
  return view.changed.some((path) => path === page || !path.endsWith(".html"));
}

function receive(view) {
  const stale = isStale(view);
  const first = shown === null;
  shown = view;
  dress(view);
  if (first) {
    const { pathname, search, hash } = window.location;
    frame.contentWindow.location.replace(pathname + search + hash);
  } else if (stale) {
    keepScroll();
    frame.contentWindow.location.reload();
  }
}

function listen(day) {
  if (stream && day === streamDay) return;
  stream?.close();
  streamDay = day;
  stream = new EventSource("/.trainboard/changes" + (day ? `?day=${day}` : ""));
  stream.onmessage = (event) => receive(JSON.parse(event.data));
  stream.onerror = () => {
    const state = element("state");
    state.className = "stopped";
    state.textContent = "The preview has stopped";
  };
}

// A link to another host opens beside the preview: many refuse to be framed.
function leave(event) {
  const link = event.target.closest?.("a[href]");
  if (link && /^https?:$/.test(link.protocol) && link.origin !== window.location.origin) {
    event.preventDefault();
    window.open(link.href, "_blank", "noopener");
  }
}

function follow() {
  const { pathname, search, hash } = here();
  history.replaceState(null, "", pathname + search + hash);
}

frame.addEventListener("load", () => {
  const view = frame.contentWindow;
  if (!view.location.protocol.startsWith("http")) return;
  const { day, page } = split(view.location.pathname);
  follow();
  document.title = `Preview: ${view.document.title || file(page)}`;
  if (kept && kept.page === page) view.scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
  kept = null;
  view.addEventListener("hashchange", follow);
  view.document.addEventListener("click", leave);
  listen(day);
});

element("day").addEventListener("change", (event) => {
  if (event.target.value) travel(event.target.value);
});
element("coming").addEventListener("change", (event) => {
  if (event.target.value) travel(event.target.value);
});
element("before").addEventListener("click", () => travel(shown.before));
element("today").addEventListener("click", () => travel(shown.today));
element("travel").addEventListener("submit", (event) => event.preventDefault());

listen(split(window.location.pathname).day);
