// The page around the program: what it fetches, threads, the browser's storage, links, files that come and go.
"use strict";

const version = "VERSION";  // scripts/package web fills these in
const bytesToStart = TO_START;

const words = document.getElementById("words");
const loading = document.getElementById("loading");
const bar = document.getElementById("progress");
const say = (text) => { words.textContent = text; bar.hidden = true; loading.hidden = false; };

// Threads share memory, which browsers allow only to pages that ask to be isolated. Where the server does not ask, a service
// worker does, from the second time on that the page is loaded. Where neither can be, all is done on one thread.
const isolate = async () => {
  if (window.crossOriginIsolated || !navigator.serviceWorker) return;
  await navigator.serviceWorker.register("service.js");
  await navigator.serviceWorker.ready;
  if (sessionStorage.getItem("isolating")) return;
  sessionStorage.setItem("isolating", "1");
  location.reload();
  await new Promise(() => {});
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

// What is fetched: at the start the program and a first pack of its assets, both compressed; the other assets one by one, when
// the program reads them. The service worker keeps all of it.
const url = (name) => name.split("/").map(encodeURIComponent).join("/") + "?" + version;
const counted = (response, count) => {
  if (!response.ok) throw new Error(response.status + " " + response.url);
  return response.body.pipeThrough(new TransformStream({
    transform(piece, out) { count(piece.length); out.enqueue(piece); },
  }));
};
let begun = 0;
const unpacked = async (name) =>
  counted(await fetch(url(name)), (bytes) => { begun += bytes; bar.value = begun / bytesToStart; }).pipeThrough(new DecompressionStream("gzip"));

const assets = "/app/assets/";
const missing = new Map();  // path: its size
const under = new Map();    // path: how much of it is here
const note = document.getElementById("note");
const showFetching = () => {
  const total = [...under.keys()].reduce((sum, path) => sum + missing.get(path), 0);
  const here = [...under.values()].reduce((sum, bytes) => sum + bytes, 0);
  note.hidden = !(total > 300000);  // what comes in a moment is not worth a word
  note.textContent = "↓ " + (here / 1e6).toFixed(1) + " / " + (total / 1e6).toFixed(1) + " MB";
};
const arrive = (path, bytes) => {
  FS.writeFile(path, bytes);
  under.delete(path);
  missing.delete(path);
};
const fetchLater = async (path) => {
  under.set(path, 0);
  try {
    const response = await fetch(url("assets/" + path.slice(assets.length)));
    const body = counted(response, (bytes) => { under.set(path, under.get(path) + bytes); showFetching(); });
    arrive(path, new Uint8Array(await new Response(body).arrayBuffer()));
    return true;
  } catch (problem) {
    console.warn(path + ": " + problem);
    return false;
  } finally {
    under.delete(path);
    showFetching();
  }
};
const fetchAtOnce = (path) => {
  const request = new XMLHttpRequest();
  request.open("GET", url("assets/" + path.slice(assets.length)), false);
  request.overrideMimeType("text/plain; charset=x-user-defined");  // of each letter the lower byte is the file's
  try { request.send(); } catch { return false; }
  if (request.status !== 200) return false;
  arrive(path, Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0) & 255));
  return true;
};

// The first pack: a line of JSON that lists its files and the missing ones, then the files one after another.
const openPack = (pack) => {
  const end = pack.indexOf(10);
  const list = JSON.parse(new TextDecoder().decode(pack.subarray(0, end)));
  let at = end + 1;
  for (const [name, size, whole] of list) {
    const path = assets + name;
    FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    FS.writeFile(path, pack.subarray(at, at + size));
    at += size;
    if (whole === size) continue;
    FS.truncate(path, whole);
    missing.set(path, whole);
  }
};
// What the program reads before it may wait.
const ofLanguage = () => {
  const language = navigator.language.slice(0, 2);
  return [...missing.keys()].filter((path) => path.includes("/" + language + "/") || path.endsWith("/" + language + ".po"));
};

const home = "/home";
let stored = Promise.resolve(), storing = 0;
const store = () => { storing = 0; stored = stored.then(() => new Promise((done) => FS.syncfs(false, done))); };

const arrived = async (file) => {
  FS.mkdirTree("/home/cache/arrived");
  const path = "/home/cache/arrived/" + (file.name || "pasted picture").replaceAll("/", "_");
  FS.writeFile(path, new Uint8Array(await file.arrayBuffer()));
  return path;
};
const open = (what) => Module.ccall("noiseglass_open", null, ["string"], [what]);

// For the program.
window.noiseglassPage = {
  fetch(path, atOnce) {  // 0: it is here, 1: it is under way, -1: it cannot be had
    if (!missing.has(path)) return 0;
    if (atOnce) return fetchAtOnce(path) ? 0 : -1;
    if (!under.has(path))
      fetchLater(path).then((came) => Module.ccall("noiseglass_fetched", null, ["string", "number"], [path, came ? 1 : 0]));
    return 1;
  },
  keep() { storing ||= setTimeout(store, 1000); },
  copy(text) { if (navigator.clipboard) navigator.clipboard.writeText(text).catch(console.warn); },
  choose() {
    const input = document.getElementById("file");
    const answer = (path) => Module._noiseglass_waits() ? Module.ccall("noiseglass_chosen", null, ["string"], [path]) : path && open(path);
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
const size = () => [Math.max(320, innerWidth), Math.max(240, innerHeight)];

const pack = isolate().then(async () => new Uint8Array(await new Response(await unpacked("first.bin")).arrayBuffer()));

window.Module = {
  canvas,
  arguments: [...argumentsOf(location.hash), "--window-size", size().join("x"), ...(window.noiseglassArguments || [])],
  print: (text) => console.log(text),
  printErr: (text) => { console.warn(text); if (text.startsWith("noiseglass: ")) say(text.slice(12)); },
  locateFile: (name) => url(name),
  instantiateWasm(imports, done) {
    unpacked("noiseglass.wasm.bin")
      .then((stream) => WebAssembly.instantiateStreaming(new Response(stream, {headers: {"Content-Type": "application/wasm"}}), imports))
      .then((made) => done(made.instance, made.module))
      .catch((problem) => say("noiseglass cannot start: " + problem));
    return {};
  },
  preRun: [() => {
    FS.mkdirTree(home);
    FS.mount(IDBFS, {}, home);
    FS.chdir(home);
    addRunDependency("home");
    FS.syncfs(true, () => removeRunDependency("home"));
    addRunDependency("assets");
    pack.then(async (bytes) => {
      openPack(bytes);
      await Promise.all(ofLanguage().map(fetchLater));
      removeRunDependency("assets");
    }).catch((problem) => say("noiseglass cannot be loaded: is the network there? (" + problem + ")"));
  }],
  onRuntimeInitialized() { loading.hidden = true; canvas.focus(); },
  onAbort: (what) => say("noiseglass has stopped: " + what),
};

const stir = () => { if (Module.calledRun) Module._noiseglass_stir(); };
for (const event of ["pointerdown", "pointermove", "pointerup", "wheel", "keydown", "keyup", "touchstart", "touchmove", "touchend", "focus", "blur", "drop"])
  addEventListener(event, stir, {capture: true, passive: true});
addEventListener("resize", () => { if (Module.calledRun) Module._noiseglass_resize(...size()); });
addEventListener("visibilitychange", () => { stir(); if (document.hidden && storing) store(); });
addEventListener("contextmenu", (event) => event.preventDefault());
addEventListener("hashchange", () => location.reload());

// Pasted things come as an event, and only where nobody takes the keys for it.
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "v") event.stopImmediatePropagation();
}, {capture: true});
addEventListener("paste", async (event) => {
  for (const item of event.clipboardData.items)
    if (item.kind === "file") { open(await arrived(item.getAsFile())); return; }
  const text = event.clipboardData.getData("text").trim();
  if (text && !Module.ccall("noiseglass_paste", "number", ["string"], [text]) && text.startsWith("noiseglass:")) open(text);
});

// Two fingers are the wheel. The first of them is the mouse's button, which it then lets go.
let apart = 0;
const between = (touches) => Math.hypot(touches[0].clientX - touches[1].clientX, touches[0].clientY - touches[1].clientY);
canvas.addEventListener("touchstart", (event) => { if (event.touches.length === 2) apart = between(event.touches); }, {passive: true});
canvas.addEventListener("touchmove", (event) => {
  if (event.touches.length !== 2 || Math.abs(between(event.touches) - apart) < 12) return;
  const [a, b] = event.touches, wider = between(event.touches) > apart;
  apart = between(event.touches);
  canvas.dispatchEvent(new WheelEvent("wheel", {
    clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2, deltaY: wider ? -100 : 100, bubbles: true, cancelable: true,
  }));
}, {passive: true});

// Its workers, too, are made of this text, which came compressed.
Promise.all([unpacked("noiseglass.js.bin").then((stream) => new Response(stream).blob()), pack]).then(([text]) => {
  const script = document.createElement("script");
  Module.mainScriptUrlOrBlob = new Blob([text], {type: "text/javascript"});
  script.src = URL.createObjectURL(Module.mainScriptUrlOrBlob);
  document.body.append(script);
}).catch((problem) => say("noiseglass cannot be loaded: is the network there? (" + problem + ")"));
