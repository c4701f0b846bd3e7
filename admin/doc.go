// Package admin is the gateway's management API: REST over JSON on a listener of its own.
//
// # Concepts
//
// A [Server] is an http.Handler made of one file per resource: endpoints, their versions, bindings and logs; domains;
// collections; services; scripts; imports; and what concerns the whole gateway (deploy, check, stats, health). It reads the
// catalog's [catalog.Store] itself. Whatever changes what is served goes through a [Deployer], which checks, saves and
// swaps in that order; running backends belong to [Services]. Both are interfaces declared here, in needs.go, and
// given by whoever wires the gateway.
//
// # Answers
//
// Every answer is {"ok": true, "data": …}, lists with "total" beside it, or {"ok": false, "error": "…", "code": "…"}
// with "hint", "field" and "diagnostics" where there are any. Status codes are real: [catalog.HTTPStatus] makes them
// from codes. An error that carries no code is 500; its cause goes to the log and not to the client.
//
// # Two people at once
//
// What can be changed has a revision. It is in the answer, and as ETag in its header. A change that says which
// revision it was made from, as If-Match header or as "revision" in the body, or for an endpoint which "version" of
// the code, fails with 409 when that is no longer the stored one. A change that says nothing is made to whatever is
// stored.
//
// A POST with an Idempotency-Key header is carried out once: the same request with the same key gets the first answer
// again for a day, with the header Idempotency-Replayed. Only successes are kept. Another request with a used key is
// refused with 422, and one whose first is still being worked on with 409. The answer is saved after the change, not
// with it; a retry after a crash between the two finds the name taken, and a deploy of the same code again makes no
// new version.
//
// # Who may
//
// Whoever can call this API can run code, so every path wants the credential ([LoadOrCreateKey]) as "Authorization:
// Bearer KEY" or "api-key: KEY", except GET /api/health, which tells the version and nothing else. There are no
// cookies and no cross-origin permissions, so another site's page has nothing to borrow: a browser does not send these
// headers for it, nor lets it read an answer. That also holds when a page reaches the listener under a name of its own
// (DNS rebinding), which is why the Host header is not checked: the API may rightly be reached under any name.
package admin
