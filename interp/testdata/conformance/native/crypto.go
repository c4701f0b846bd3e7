package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
)

func main() {
	m := hmac.New(sha256.New, []byte("k"))
	m.Write([]byte("msg"))
	fmt.Println(hex.EncodeToString(m.Sum(nil)))
	s := sha256.Sum256([]byte("a"))
	fmt.Println(base64.StdEncoding.EncodeToString(s[:4]), hmac.Equal([]byte("a"), []byte("a")))
}

// Output:
// bf1a0c1242929b6464a6c0a9ac6298a67e09bd1cd4ef1f182ce0141691fc17a0
// ypeBEg== true
