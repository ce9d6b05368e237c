// The page around the program: threads, the browser's storage, links, files that come and go.
"use strict";

const words = document.getElementById("words");
const loading = document.getElementById("loading");
const say = (text) => { words.textContent = text; loading.hidden = false; };

// Threads share memory, which browsers allow only to pages that ask to be isolated. Where the server does not ask, a service
// worker does, from the second time on that the page is loaded.
const isolate = async () => {
  if (window.crossOriginIsolated) return true;
  if (!navigator.serviceWorker) return false;
  await navigator.serviceWorker.register("service.js");
  await navigator.serviceWorker.ready;
  if (sessionStorage.getItem("isolating")) return false;
  sessionStorage.setItem("isolating", "1");
  location.reload();
  return new Promise(() => {});
};

// #lesson=6&page=3 opens a lesson, #s=t=400;lane2.schedule=sigmoid a state: what "Copy link" gives, after its first colon.
const argumentsOf = (hash) => {
  if (hash.startsWith("#s=")) return ["noiseglass:" + hash.slice(3)];
  const asked = new URLSearchParams(hash.slice(1));
  const out = [];
  if (asked.has("lesson")) out.push("--lesson", asked.get("lesson"));
  if (asked.has("page")) out.push("--set", "lesson.page=" + asked.get("page"));
  if (asked.has("fresh")) out.push("--fresh");
  return out;
};

const home = "/home";
let stored = Promise.resolve();
const store = () => { stored = stored.then(() => new Promise((done) => FS.syncfs(false, done))); };

const arrived = async (file) => {
  FS.mkdirTree("/home/cache/arrived");
  const path = "/home/cache/arrived/" + (file.name || "pasted picture").replaceAll("/", "_");
  FS.writeFile(path, new Uint8Array(await file.arrayBuffer()));
  return path;
};
const open = (path) => Module.ccall("noiseglass_open", null, ["string"], [path]);

window.noiseglassPage = {
  choose() {
    const input = document.getElementById("file");
    const answer = (path) => Module.ccall("noiseglass_chosen", null, ["string"], [path]);
    input.value = "";
    input.onchange = async () => answer(await arrived(input.files[0]));
    input.oncancel = () => answer("");
    input.click();
  },
  download(path) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([FS.readFile(path)]));
    link.download = path.split("/").pop();
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  },
};

const canvas = document.getElementById("canvas");
// Its pixels are the screen's own, however large the page's are.
const size = () => [Math.max(320, innerWidth), Math.max(240, innerHeight)];

window.Module = {
  canvas,
  arguments: [...argumentsOf(location.hash), "--window-size", size().join("x")],
  print: (text) => console.log(text),
  printErr: (text) => { console.error(text); if (text.startsWith("noiseglass: ")) say(text.slice(12)); },
  setStatus(text) {
    const parts = text.match(/\((\d+(?:\.\d+)?)\/(\d+)\)/);
    if (parts) document.getElementById("progress").value = parts[1] / parts[2];
  },
  preRun: [() => {
    FS.mkdirTree(home);
    FS.mount(IDBFS, {}, home);
    addRunDependency("home");
    FS.syncfs(true, () => removeRunDependency("home"));
    FS.chdir(home);
  }],
  onRuntimeInitialized() { loading.hidden = true; },
  onAbort: (what) => say("noiseglass has stopped: " + what),
};

const stir = () => { if (Module._noiseglass_stir) Module._noiseglass_stir(); };
for (const event of ["pointerdown", "pointermove", "pointerup", "wheel", "keydown", "keyup", "touchstart", "touchmove", "touchend", "resize", "focus", "blur", "drop"])
  addEventListener(event, stir, {capture: true, passive: true});
addEventListener("visibilitychange", () => { stir(); if (document.hidden && window.FS) store(); });
addEventListener("pagehide", () => { if (window.FS) store(); });
setInterval(() => { if (window.FS && !document.hidden) store(); }, 20000);
addEventListener("contextmenu", (event) => event.preventDefault());
addEventListener("hashchange", () => location.reload());
addEventListener("paste", async (event) => {
  for (const item of event.clipboardData.items)
    if (item.kind === "file") { open(await arrived(item.getAsFile())); return; }
});

(async () => {
  if (!(await isolate())) {
    say("This page cannot have threads: it has to be served with the headers Cross-Origin-Opener-Policy: same-origin and " +
        "Cross-Origin-Embedder-Policy: require-corp, or over https, where it adds them itself.");
    return;
  }
  const script = document.createElement("script");
  script.src = "noiseglass.js";
  script.onerror = () => say("noiseglass.js cannot be loaded: is the network there?");
  document.body.append(script);
})();
