// Package modules gives scripts the packages of third-party Go modules, without the go
// command.
//
// # Concepts
//
// A [Cache] is a folder of modules, laid out as the download folder of a Go module cache
// is: PATH/@v/VERSION.mod and .zip. What is not there is fetched from the module proxy,
// an HTTP server that speaks the GOPROXY protocol or a folder of the same layout; or it
// is put there by an upload.
//
// [Requirements] are what a script asks for: versions of modules, from the dependencies
// of an endpoint or from a gateway.mod. [Cache.Resolve] selects versions as the go
// command does (the highest that is required, and no higher) and adds the packages that a
// source imports to it, with those that they import in turn. A package that cannot be had
// is no error of Resolve: the source says why, and the check reports it at the import.
//
// # Trust
//
// The hash of a module is that of go.sum. The first fetch writes it into gateway.sum in
// the cache's folder, and from then on the module has this hash or is refused, however it
// gets there. A hash that the requirements give is compared as well. Nothing of a module
// is run or written to the file system except its zip; paths in it are checked.
package modules
