// Package scriptdir keeps what a gateway serves equal to what lies in a folder of
// scripts.
//
// Every .go file directly in the folder is a script of its own; every folder below
// it that has .go files is one script of all of them. Folders below lib are not
// scripts but packages that scripts import as lib/NAME. Test files, and files and
// folders whose names begin with a dot or an underscore, are left alone.
//
// [Scan] reads the folder once. A [Loader] follows it: a saved file is read again
// and served at once, a script that does not pass the check leaves its former
// version serving, and a deleted file takes its routes with it. A changed library
// replaces all scripts that import it, or none.
package scriptdir
