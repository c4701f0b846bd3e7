package admin

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"gateway/internal/catalog"
)

// KeyFile is the name of the credential's file in the data folder.
const KeyFile = "admin.key"

// minKey is the least length of a credential that somebody wrote into the file, in bytes.
const minKey = 16

// LoadOrCreateKey returns the credential in dir, and makes it when there is none; created tells which. Only its owner
// can read the file. Whoever starts the gateway prints a created credential once; it is never logged.
func LoadOrCreateKey(dir string) (key string, created bool, err error) {
	path := filepath.Join(dir, KeyFile)
	key, err = readKey(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, false, err
	}
	var random [32]byte
	_, _ = rand.Read(random[:]) // never fails: it ends the program instead
	key = "gw_" + base64.RawURLEncoding.EncodeToString(random[:])
	if err := createKey(path, key); err != nil {
		if errors.Is(err, fs.ErrExist) { // another process was first
			key, err = readKey(path)
			return key, false, err
		}
		return "", false, fmt.Errorf("create admin key: %w", err)
	}
	return key, true, nil
}

func readKey(path string) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read admin key: %w", err)
	}
	key := strings.TrimSpace(string(data))
	if len(key) < minKey {
		return "", fmt.Errorf("read admin key: %s has fewer than %d characters: delete it, and a new one is made", path, minKey)
	}
	info, err := os.Stat(path)
	if err == nil && info.Mode().Perm()&0o077 != 0 {
		err = os.Chmod(path, 0o600)
	}
	if err != nil {
		return "", fmt.Errorf("protect admin key: %w", err)
	}
	return key, nil
}

// createKey writes the file under another name first, so that nobody reads half a credential.
func createKey(path, key string) error {
	part, err := os.CreateTemp(filepath.Dir(path), ".admin-key-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(part.Name()) }()
	_, err = part.WriteString(key + "\n")
	if err := errors.Join(err, part.Sync(), part.Close()); err != nil {
		return err
	}
	return os.Link(part.Name(), path)
}

// credential compares what a request carries with the key.
type credential [sha256.Size]byte

func newCredential(key string) credential { return sha256.Sum256([]byte(key)) }

// check fails with CodeUnauthorized unless the request carries the key. The time it takes does not depend on how much
// of a wrong key is right.
func (c credential) check(r *http.Request) error {
	given := r.Header.Get("api-key")
	if auth := r.Header.Get("Authorization"); auth != "" {
		scheme, token, _ := strings.Cut(auth, " ")
		if strings.EqualFold(scheme, "Bearer") {
			given = strings.TrimSpace(token)
		}
	}
	if given == "" {
		return &catalog.Error{
			Code:    catalog.CodeUnauthorized,
			Message: "this needs the admin key",
			Hint:    "send it as Authorization: Bearer KEY or api-key: KEY; it is in the file " + KeyFile + " of the data folder",
		}
	}
	sum := sha256.Sum256([]byte(given))
	if subtle.ConstantTimeCompare(sum[:], c[:]) != 1 {
		return &catalog.Error{Code: catalog.CodeUnauthorized, Message: "the admin key is wrong"}
	}
	return nil
}
