// Package boltstore keeps the catalog in one file: a [catalog.Store] on bbolt, the gateway's embedded default.
//
// # Concepts
//
// The file is a B+ tree that is written copy-on-write: a transaction is there after its commit, or not at all,
// whatever happens to the process or the machine. A writing method returns only after the commit that has its change
// was flushed to the disk. Because a flush takes milliseconds, one goroutine does all the writing, and takes whatever
// arrived during one flush into the next commit: two hundred savers at once wait for a handful of flushes, and a
// single one for its own only. A change that is refused leaves the others of its commit alone.
//
// Each object is one record: a format byte, a checksum and JSON. bbolt has no checksums over its data, so it is the
// record's that tells a flipped bit from a value. Beside the objects lie indexes, which hold what has to be unique:
// names, hosts, routes.
//
// # Caveats
//
// One process has the file. [Open] in a second one fails with [catalog.CodeLocked] and says who holds it; that is
// written to a file of the same name with .lock after it. The lock itself is the operating system's, and goes with
// the process however that ends: a left-over .lock file means nothing.
//
// The file never shrinks. [Store.Backup] writes a copy without its free pages.
//
// A file that is damaged is never repaired or begun anew in silence: Open or the method that meets the damage fails
// with [catalog.CodeCorrupt].
package boltstore
