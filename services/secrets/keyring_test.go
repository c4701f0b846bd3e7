package secrets_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"gateway/services/secrets"
)

func open(t *testing.T, path string) *secrets.Keyring {
	t.Helper()
	k, err := secrets.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestSealIsBoundToItsContext(t *testing.T) {
	path := filepath.Join(t.TempDir(), "folder", "key")
	k := open(t, path)
	for _, plain := range []string{"", "hunter2", strings.Repeat("long ", 1000), "\x00\xff"} {
		sealed, err := k.Seal(plain, "service/password")
		if err != nil {
			t.Fatal(err)
		}
		if plain != "" && strings.Contains(sealed, plain) {
			t.Errorf("%q is in %q", plain, sealed)
		}
		if got, err := open(t, path).Unseal(sealed, "service/password"); got != plain || err != nil {
			t.Errorf("unsealed %q, %v; want %q", got, err, plain)
		}
		if _, err := k.Unseal(sealed, "other/password"); !errors.Is(err, secrets.ErrTampered) {
			t.Errorf("under another context: %v", err)
		}
		again, err := k.Seal(plain, "service/password")
		if err != nil || again == sealed {
			t.Errorf("the same value is sealed the same twice: %v", err)
		}
	}
}

func TestUnsealRefusesWhatItDidNotMake(t *testing.T) {
	k := open(t, filepath.Join(t.TempDir(), "key"))
	sealed, err := k.Seal("hunter2", "x")
	if err != nil {
		t.Fatal(err)
	}
	last := "A"
	if strings.HasSuffix(sealed, "A") {
		last = "Q"
	}
	for _, text := range []string{
		"", "x", ":", k.ID() + ":", k.ID() + ":!", k.ID() + ":AAAA", sealed[:len(sealed)-1] + last, sealed[:len(sealed)-4], k.ID() + sealed,
	} {
		if got, err := k.Unseal(text, "x"); err == nil {
			t.Errorf("Unseal(%q) = %q", text, got)
		}
	}
	other := open(t, filepath.Join(t.TempDir(), "key"))
	if _, err := other.Unseal(sealed, "x"); !errors.Is(err, secrets.ErrUnknownKey) {
		t.Errorf("with another key: %v", err)
	}
}

func TestKeyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	k := open(t, path)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
	if open(t, path).ID() != k.ID() {
		t.Error("a second start has another key")
	}

	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := secrets.Open(path); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a file that others may read: %v", err)
	}

	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	key := strings.TrimSpace(string(data))
	bad := filepath.Join(t.TempDir(), "key")
	for _, text := range []string{"", "nonsense", key[:len(key)-8], key + "\nnonsense " + key} {
		if err := os.WriteFile(bad, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := secrets.Open(bad)
		if err == nil || strings.Contains(err.Error(), key[12:30]) {
			t.Errorf("%q: error %v; want one without the key", text, err)
		}
	}
}

func TestOneKeyForAllWhoStartAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	ids := make([]string, 16)
	var starting sync.WaitGroup
	for i := range ids {
		starting.Go(func() {
			k, err := secrets.Open(path)
			if err != nil {
				t.Error(err)
				return
			}
			ids[i] = k.ID()
		})
	}
	starting.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Errorf("keys %v differ", ids)
		}
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".key-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind %v, %v", left, err)
	}
}

func TestRotate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	k := open(t, path)
	old, err := k.Seal("hunter2", "x")
	if err != nil {
		t.Fatal(err)
	}
	id := k.ID()
	if err := k.Rotate(); err != nil {
		t.Fatal(err)
	}
	fresh, err := k.Seal("hunter2", "x")
	if err != nil || k.ID() == id || strings.HasPrefix(fresh, id) {
		t.Errorf("after Rotate the key is %s, was %s: %v", k.ID(), id, err)
	}
	for _, k := range []*secrets.Keyring{k, open(t, path)} {
		for _, sealed := range []string{old, fresh} {
			if got, err := k.Unseal(sealed, "x"); got != "hunter2" || err != nil {
				t.Errorf("Unseal = %q, %v", got, err)
			}
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode after Rotate: %v, %v", info.Mode(), err)
	}
}
