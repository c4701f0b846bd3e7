// Package object keeps objects, bytes with a content type, under keys.
//
// Two drivers implement [Store]: [Local] keeps them in a folder and needs no
// server, and [S3] on any server that speaks the S3 protocol. [Kinds] makes both
// known to the service manager; a handler reaches one through
// gateway.Context.Storage.
//
// # Keys
//
// Both drivers take the same keys, so that a script works on either: see
// [CheckKey].
//
// # Streams
//
// An object opened for reading occupies a place of the service's actor until it
// is closed, read to its end or the request is over, whichever comes first.
package object
