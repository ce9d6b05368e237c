// Adds the headers that isolate the page, which its threads need, and keeps what was loaded, so that it opens without a network.
"use strict";

const kept = "noiseglass-VERSION";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== kept) await caches.delete(name);
  await self.clients.claim();
})()));

const isolated = (response) => {
  if (response.type === "opaque" || response.status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  return new Response(response.body, {status: response.status, statusText: response.statusText, headers});
};

// All but the page itself has its version in its name. The page is asked for anew each time, and an older one is for when
// there is no network.
self.addEventListener("fetch", (event) => {
  const request = event.request;
  if (request.method !== "GET" || !request.url.startsWith(self.registration.scope)) return;
  event.respondWith((async () => {
    const store = await caches.open(kept);
    const fetched = async () => {
      const response = await fetch(request);
      if (response.ok) await store.put(request, response.clone());
      return response;
    };
    if (request.mode === "navigate") return isolated(await fetched().catch(() => store.match(request, {ignoreSearch: true})));
    return isolated((await store.match(request)) || (await fetched()));
  })());
});
