package main

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"hash/adler32"
	"hash/crc32"
	"hash/crc64"
	"hash/fnv"
	"io"
	"strings"
)

type djb struct{ sum uint32 }

func (d *djb) Write(p []byte) (int, error) {
	for _, b := range p {
		d.sum = d.sum*33 + uint32(b)
	}
	return len(p), nil
}

func (d *djb) Sum(b []byte) []byte {
	return append(b, byte(d.sum>>24), byte(d.sum>>16), byte(d.sum>>8), byte(d.sum))
}

func (d *djb) Reset() { d.sum = 5381 }

func (d *djb) Size() int { return 4 }

func (d *djb) BlockSize() int { return 1 }

func (d *djb) Sum32() uint32 { return d.sum }

func newDJB() hash.Hash { return &djb{5381} }

type Signer struct {
	key []byte
	alg func() hash.Hash
}

var errSignature = errors.New("signature does not match")

func (s Signer) Sign(msg string) string {
	mac := hmac.New(s.alg, s.key)
	io.WriteString(mac, msg)
	return msg + "." + hex.EncodeToString(mac.Sum(nil)[:8])
}

func (s Signer) Verify(token string) (string, error) {
	msg, _, ok := strings.Cut(token, ".")
	if !ok || subtle.ConstantTimeCompare([]byte(s.Sign(msg)), []byte(token)) != 1 {
		return "", errSignature
	}
	return msg, nil
}

func main() {
	const text = "the quick brown fox"
	for _, h := range []struct {
		name string
		new  func() hash.Hash
	}{{"md5", md5.New}, {"sha1", sha1.New}, {"sha256", sha256.New}, {"sha512/256", sha512.New512_256}, {"fnv", func() hash.Hash { return fnv.New32a() }}, {"crc32", func() hash.Hash { return crc32.NewIEEE() }}, {"adler", func() hash.Hash { return adler32.New() }}, {"djb", newDJB}} {
		w := h.new()
		n, err := io.Copy(w, strings.NewReader(text))
		once := w.Sum([]byte{0xff})
		w.Reset()
		w.Write([]byte(text[:5]))
		w.Write([]byte(text[5:]))
		fmt.Printf("%s %d %v %d/%d %x %v\n", h.name, n, err, w.Size(), w.BlockSize(), once[1:min(len(once), 9)], bytes.Equal(once[1:], w.Sum(nil)))
	}
	fmt.Printf("%x\n", sha256.Sum256([]byte(text)))
	fmt.Println(crc64.Checksum([]byte(text), crc64.MakeTable(crc64.ISO)), crc32.Update(0, crc32.MakeTable(crc32.Castagnoli), []byte(text)))
	s := Signer{[]byte("secret"), sha256.New}
	token := s.Sign("user=7")
	fmt.Println(token)
	fmt.Println(s.Verify(token))
	fmt.Println(s.Verify(strings.Replace(token, "7", "8", 1)))
	fmt.Println(Signer{[]byte("other"), sha512.New}.Verify(token))
	multi := []io.Writer{sha1.New(), newDJB()}
	fmt.Fprint(io.MultiWriter(multi...), text)
	for _, w := range multi {
		if h, ok := w.(hash.Hash32); ok {
			fmt.Println(h.Sum32())
		} else {
			fmt.Printf("%x\n", w.(hash.Hash).Sum(nil))
		}
	}
	block, err := aes.NewCipher([]byte("0123456789abcdef"))
	fmt.Println(block.BlockSize(), err)
	gcm, _ := cipher.NewGCM(block)
	nonce := make([]byte, gcm.NonceSize())
	sealed := gcm.Seal(nil, nonce, []byte(text), []byte("header"))
	opened, err := gcm.Open(nil, nonce, sealed, []byte("header"))
	fmt.Println(len(sealed), string(opened), err)
	sealed[0] ^= 1
	_, err = gcm.Open(nil, nonce, sealed, nil)
	fmt.Println(err)
	_, err = aes.NewCipher([]byte("short"))
	fmt.Println(err)
}

// Output:
// md5 19 <nil> 16/64 30f3c93e46436deb true
// sha1 19 <nil> 20/64 ced71fa7235231be true
// sha256 19 <nil> 32/64 9ecb36561341d18e true
// sha512/256 19 <nil> 32/128 e6d2f5a7173df312 true
// fnv 19 <nil> 4/1 338f85c2 true
// crc32 19 <nil> 4/1 91c102ca true
// adler 19 <nil> 4/4 478e0734 true
// djb 19 <nil> 4/1 b310c518 true
// 9ecb36561341d18eb65484e833efea61edc74b84cf5e6ae1b81c63533e25fc8f
// 3974829684587114992 861269971
// user=7.f1e5fc74182d5d75
// user=7 <nil>
//  signature does not match
//  signature does not match
// ced71fa7235231bed383facfdc41c4ddcc22ecf1
// 3004220696
// 16 <nil>
// 35 the quick brown fox <nil>
// cipher: message authentication failed
// crypto/aes: invalid key size 5
