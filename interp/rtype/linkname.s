// A package with assembler files may declare functions without bodies, as
// addReflectOff in abi_go126.go.
