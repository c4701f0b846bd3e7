//go:build !go1.26 || go1.27

package rtype

// This package copies structures of the Go run time and was compared with
// Go 1.26 only. For another version compare abi_go126.go with internal/abi of
// that version, run the tests (with -race too), and add a file for it.
type _ rtype_knows_the_run_time_structures_of_Go_1_26_only_see_interp_rtype_DESIGN_md
