// Package dispatch is everything between a trigger and a handler: which endpoint a request is for, the place its
// handler runs in, and how both change while requests go on.
//
// # Concepts
//
// A [Table] maps host, method and path to a route. It is immutable; the [Dispatcher] publishes a new one whole when
// routes change, so a request is matched against one consistent state.
//
// A [Dispatcher] owns the endpoints: for each of them what is stored in the catalog, the slot that its instances live
// in, and its log and numbers. A script of the scripts folder is a source that owns several endpoints, which share
// one slot and so the script's package state.
//
// # A request
//
// A trigger calls [Dispatcher.Match] with what the client asked for and, when that found an endpoint,
// [Dispatcher.Invoke] with the request. It gets an [Answer], always with a response: errors are turned into the
// response that the client is to see, and their causes go to the endpoint's log. When the response has been written it
// calls [Answer.End], which gives the instance back, counts the request and writes its line.
//
// # A change
//
// [Dispatcher.Create], [Dispatcher.Update] and their relatives check everything first, save, and only then change what
// is served, in a step that cannot fail. A failure leaves the running version alone. DESIGN.md in this folder says why
// things are as they are.
package dispatch
