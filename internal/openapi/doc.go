// Package openapi reads OpenAPI specifications, for endpoints to be made of their operations.
//
// [Read] takes the text of a specification of version 3.0 or 3.1, YAML or JSON, and gives its operations in the order
// they are written in, each with a route as the gateway knows it and a name. [Operation.Stub] writes the Go source of
// a handler that reads what the operation says a request has.
//
// # What is refused, and what is noted
//
// A specification that cannot be understood is refused with an [*Error], which lists everything that is wrong with it,
// each with line and column. What is understood but has no counterpart in an endpoint, such as webhooks, callbacks or
// security requirements, is in the notes of the [Document]. Nothing is left out without a word.
//
// References are resolved within the document only: nothing is ever fetched, and no file is opened.
//
// # Why no library
//
// Libraries for OpenAPI decode into types of their own, where most values have no place in the text any more, and
// validate much that matters to no handler. What an import needs is a small part, with the place of all of it. So the
// document stays a tree of values with their places, and this package asks it what it wants to know.
//
// Specifications come from anywhere: size, depth, aliases and the number of operations are bounded.
package openapi
