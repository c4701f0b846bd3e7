// Package secrets encrypts what the gateway keeps: values of its secrets, and
// passwords in the configuration of services.
//
// A [Keyring] reads its keys from a file that only its owner may read, and makes
// that file with a fresh key at first use. Values are encrypted with AES-256-GCM
// under a random nonce. Each is bound to a context, a text that says what the
// value is for: a ciphertext copied to another place does not decrypt there.
//
// The first key of the file encrypts; all keys decrypt. To rotate, call
// [Keyring.Rotate], store every value anew, and then remove the old lines.
// Whoever loses the file loses the values.
package secrets

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// Errors of a keyring.
var (
	ErrUnknownKey = errors.New("encrypted with a key that is not in the key file")
	ErrTampered   = errors.New("the encrypted value is damaged or belongs elsewhere")
)

const (
	keyPrefix = "aes256gcm:" // begins each line of a key file
	keySize   = 32           // bytes
)

// Keyring encrypts and decrypts. Safe for concurrent use.
type Keyring struct {
	path string

	mu   sync.RWMutex // guards keys
	keys []key        // the first encrypts
}

type key struct {
	id   string
	raw  []byte
	aead cipher.AEAD
}

// Open reads the key file, or makes it where there is none. It refuses a file that
// others may read.
func Open(path string) (*Keyring, error) {
	k := &Keyring{path: path}
	err := k.read()
	if errors.Is(err, fs.ErrNotExist) {
		if err := create(path); err != nil {
			return nil, fmt.Errorf("make key file: %w", err)
		}
		err = k.read()
	}
	if err != nil {
		return nil, fmt.Errorf("key file %s: %w", path, err)
	}
	return k, nil
}

// ID names the key that encrypts.
func (k *Keyring) ID() string {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.keys[0].id
}

// Encrypt gives the key's name, the nonce and the ciphertext of plain.
func (k *Keyring) Encrypt(plain []byte, context string) (keyID string, nonce, ciphertext []byte, err error) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	first := k.keys[0]
	nonce = make([]byte, first.aead.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return "", nil, nil, fmt.Errorf("encrypt: %w", err)
	}
	return first.id, nonce, first.aead.Seal(nil, nonce, plain, []byte(context)), nil
}

// Decrypt is the inverse of Encrypt. It fails with [ErrUnknownKey] or [ErrTampered].
func (k *Keyring) Decrypt(keyID string, nonce, ciphertext []byte, context string) ([]byte, error) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	for _, key := range k.keys {
		if key.id != keyID {
			continue
		}
		if len(nonce) != key.aead.NonceSize() {
			return nil, ErrTampered
		}
		plain, err := key.aead.Open(nil, nonce, ciphertext, []byte(context))
		if err != nil {
			return nil, ErrTampered
		}
		return plain, nil
	}
	return nil, ErrUnknownKey
}

// Seal is Encrypt with everything in one text: KEY:BASE64.
func (k *Keyring) Seal(plain, context string) (string, error) {
	id, nonce, ciphertext, err := k.Encrypt([]byte(plain), context)
	if err != nil {
		return "", err
	}
	return id + ":" + base64.RawURLEncoding.EncodeToString(append(nonce, ciphertext...)), nil
}

// Unseal is the inverse of Seal.
func (k *Keyring) Unseal(sealed, context string) (string, error) {
	id, text, ok := strings.Cut(sealed, ":")
	if !ok {
		return "", ErrTampered
	}
	data, err := base64.RawURLEncoding.DecodeString(text)
	const nonceSize = 12 // of GCM
	if err != nil || len(data) < nonceSize {
		return "", ErrTampered
	}
	plain, err := k.Decrypt(id, data[:nonceSize], data[nonceSize:], context)
	return string(plain), err
}

// Rotate puts a fresh key before the others of the file.
func (k *Keyring) Rotate() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	text := newLine()
	for _, key := range k.keys {
		text += line(key.raw)
	}
	if err := writeFile(k.path, text, os.Rename); err != nil {
		return fmt.Errorf("rotate key: %w", err)
	}
	keys, err := readKeys(k.path)
	if err != nil {
		return fmt.Errorf("rotate key: %w", err)
	}
	k.keys = keys
	return nil
}

func (k *Keyring) read() error {
	keys, err := readKeys(k.path)
	if err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.keys = keys
	return nil
}

func readKeys(path string) ([]key, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return nil, fmt.Errorf("others may read it (mode %04o): run chmod 600", mode)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var keys []key
	for i, text := range bytes.Split(bytes.TrimSpace(data), []byte("\n")) {
		// The key is never part of an error.
		encoded, ok := strings.CutPrefix(strings.TrimSpace(string(text)), keyPrefix)
		raw, err := base64.StdEncoding.DecodeString(encoded)
		if !ok || err != nil || len(raw) != keySize {
			return nil, fmt.Errorf("line %d is not a key", i+1)
		}
		block, err := aes.NewCipher(raw)
		if err != nil {
			return nil, err
		}
		aead, err := cipher.NewGCM(block)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(raw)
		keys = append(keys, key{id: hex.EncodeToString(sum[:6]), raw: raw, aead: aead})
	}
	return keys, nil
}

// create makes a key file. Of two processes that do so at once, one wins and the
// other uses its file.
func create(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	err := writeFile(path, newLine(), os.Link)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

// writeFile writes a temporary file beside path and moves it there.
func writeFile(path, text string, move func(from, to string) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".key-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err := f.WriteString(text); err != nil {
		f.Close()
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return move(f.Name(), path)
}

func newLine() string {
	raw := make([]byte, keySize)
	_, _ = rand.Read(raw) // never fails: it ends the program instead
	return line(raw)
}

func line(raw []byte) string { return keyPrefix + base64.StdEncoding.EncodeToString(raw) + "\n" }
