// Package catalog is the gateway's model: what exists, what is valid, and what can go wrong.
//
// # Concepts
//
// An [Endpoint] is a route (domain, method, path pattern) and the handler behind it. Its handler source is not part
// of it: each save makes an immutable [Version], numbered from 1, and the endpoint names the current one. A rollback
// makes a new version with the content of an old one, so numbers only grow.
//
// A [Domain] is a host, a [Collection] a group of endpoints under a common base path in a domain. A [Service] is the
// configuration of a backend; a [Binding] makes it known to an endpoint under the name its handler uses. A [Key] lets
// somebody into the admin API, a [Secret] is an encrypted value scripts and services refer to by name, and a
// [Library] is shared source that scripts import as lib/NAME.
//
// All of it lives in a [Store]. The package storetest beside this one is the suite every Store passes.
//
// # Identity
//
// Every object has an ID made by [NewID], which never changes and is never used again. Names of endpoints, services,
// keys, secrets and libraries are unique in a gateway, and so are the hosts of domains; names of collections are
// unique in their domain. A route (domain, method, shape of the path) belongs to one endpoint only: see [Route.Shape].
//
// # Two people at once
//
// Every object that can be changed has a Revision, which the Store increments with every write. An update names the
// revision it was made from; when that is no longer the stored one it fails with [CodeVersionMismatch] and changes
// nothing. The check and the write are one transaction.
//
// # Errors
//
// Every failure a caller can act on is an [*Error] with one of the Codes. [HTTPStatus] is the one place where codes
// become HTTP status codes.
//
// The JSON names of the types here are the stored form. What the admin API sends and takes is declared there.
package catalog
