package http

import (
	"encoding/binary"
	"encoding/hex"
	"math/rand/v2"
)

// maxIDBytes bounds what is taken over from a client's X-Request-ID.
const maxIDBytes = 128

// saneID reports whether a client's request id can go into logs and answers as it is: letters, digits and the signs
// that ids in use have.
func saneID(id []byte) bool {
	if len(id) == 0 || len(id) > maxIDBytes {
		return false
	}
	for _, c := range id {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case c == '-', c == '_', c == '.', c == ':', c == '/', c == '+', c == '=', c == '@':
		default:
			return false
		}
	}
	return true
}

// appendID adds a new request id: 128 random bits in hexadecimal. Ids must differ, but nobody relies on their not
// being guessed, and so the fast generator does.
func appendID(to []byte) []byte {
	var b [16]byte
	binary.LittleEndian.PutUint64(b[:8], rand.Uint64())
	binary.LittleEndian.PutUint64(b[8:], rand.Uint64())
	return hex.AppendEncode(to, b[:])
}
