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

self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET" || !event.request.url.startsWith(self.registration.scope)) return;
  event.respondWith((async () => {
    const store = await caches.open(kept);
    const found = await store.match(event.request, {ignoreSearch: true});
    if (found) return isolated(found);
    const response = await fetch(event.request);
    if (response.ok) await store.put(event.request, response.clone());
    return isolated(response);
  })());
});
