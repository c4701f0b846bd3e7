// Package route finds the route that a request is for.
//
// A [Table] holds routes, each with a value of the caller's. It is a trie whose edges are path segments, one trie for
// every host and one for the routes of all hosts, so what a match costs depends on the length of the path and not on
// the number of routes. Tables are immutable: an [Edit] makes a new one, which shares with the old one all that did
// not change.
//
// # What matches
//
// Patterns are those of [catalog.ParsePath]. The request's path is compared segment by segment: it is split at its
// slashes first and each segment is percent-decoded then, so %2F is part of a segment and never splits one.
//
//   - A literal matches the segment that is equal to it, in case too.
//   - {name} matches any one segment that is not empty.
//   - {name...} and * match what is left: no segment at all (/files/* matches /files), an empty one (/files/), or
//     many. Its value has no slash in front.
//   - A slash at the end counts: /pets/ is not /pets. So do doubled slashes: only a wildcard matches an empty segment.
//   - A path with a segment that is . or .. is refused, written plainly or percent-encoded, and so is one with a
//     broken escape or a zero byte: [BadPath]. Nothing is ever cleaned silently, because what a proxy in front has
//     checked would then not be what is served.
//
// # Which one matches
//
// Where several routes match, segments decide from left to right: a literal goes before a parameter and a parameter
// before a wildcard. A route of the request's host goes before one of every host. A route that does not answer the
// request's method does not match, so another one can take its place; GET answers HEAD too, and ANY answers every
// method that no other route of the same path answers. Two routes of one host, method and shape are a conflict that
// [Edit.Add] refuses, so there is never a doubt.
package route
