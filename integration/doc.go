// Package integration tests what only shows in the whole: the real binary, run as
// its users run it, and services against real servers. The tests of the binary need
// nothing but the go command; those of services are built with the tag integration
// and need what services.sh starts.
package integration
