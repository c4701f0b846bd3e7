package main

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"hash/crc32"
	"hash/fnv"
	"io"
)

type hashed interface {
	hash.Hash
	fmt.Stringer
}

type named struct {
	hash.Hash
	name string
}

func (n named) String() string { return n.name + ":" + hex.EncodeToString(n.Sum(nil)[:4]) }

func sign(key, msg string) string {
	m := hmac.New(sha256.New, []byte(key))
	io.WriteString(m, msg)
	return hex.EncodeToString(m.Sum(nil))
}

func main() {
	fmt.Printf("%x\n", sha256.Sum256([]byte("abc")))
	fmt.Printf("%x\n", md5.Sum([]byte("abc")))
	fmt.Println(sign("k", "m"), hmac.Equal([]byte("a"), []byte("a")))
	for _, h := range []hashed{named{sha256.New(), "sha"}, named{fnv.New32a(), "fnv"}, &named{crc32.NewIEEE(), "crc"}} {
		h.Write([]byte("data"))
		fmt.Println(h, h.Size())
	}
}

// Output:
// ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
// 900150983cd24fb0d6963f7d28e17f72
// b60090e3052297aeb5a080889ce2fc4bca957e756faeb4df7d31800ca1e771ec true
// sha:3a6eb079 32
// fnv:d872e2a5 4
// crc:adf3f363 4
