package modules

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gateway/internal/atomicfile"

	"golang.org/x/mod/module"
	"golang.org/x/mod/sumdb/dirhash"
)

// modSuffix ends the version in the key of a go.mod's hash.
const modSuffix = "/go.mod"

// parseSums reads the lines of a go.sum.
func parseSums(data []byte) (Sums, error) {
	sums := Sums{}
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		words := strings.Fields(line)
		switch {
		case len(words) == 0:
		case len(words) != 3 || !strings.HasPrefix(words[2], "h1:"):
			return nil, fmt.Errorf("line %d: want PATH VERSION h1:HASH", n)
		default:
			sums[words[0]+" "+words[1]] = words[2]
		}
	}
	return sums, nil
}

func (s Sums) format() []byte {
	var b bytes.Buffer
	for _, key := range slices.Sorted(maps.Keys(s)) {
		fmt.Fprintln(&b, key, s[key])
	}
	return b.Bytes()
}

// MismatchError says that a module is not the one that its hash was taken of.
type MismatchError struct {
	Key       string // "PATH VERSION" or "PATH VERSION/go.mod"
	Want, Got string
	Where     string // the hash is from
}

func (e *MismatchError) Error() string {
	return fmt.Sprintf("module %s has the hash %s, but %s says %s", e.Key, e.Got, e.Where, e.Want)
}

// readSums reads the recorded hashes of the cache.
func (c *Cache) readSums() (Sums, error) {
	data, err := os.ReadFile(filepath.Join(c.dir, SumFile))
	if errors.Is(err, fs.ErrNotExist) {
		return Sums{}, nil
	}
	if err != nil {
		return nil, err
	}
	sums, err := parseSums(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(c.dir, SumFile), err)
	}
	return sums, nil
}

// trust compares a hash with the recorded one, and records it where there is none.
func (c *Cache) trust(key, hash string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if want, known := c.sums[key]; known {
		if want == hash {
			return nil
		}
		return &MismatchError{Key: key, Want: want, Got: hash, Where: SumFile + " in the modules folder"}
	}
	sums := maps.Clone(c.sums)
	sums[key] = hash
	if err := writeFile(filepath.Join(c.dir, SumFile), sums.format()); err != nil {
		return fmt.Errorf("record the hash of module %s: %w", key, err)
	}
	c.sums = sums
	return nil
}

// check compares a hash with a given one, where one is given.
func (s Sums) check(key, hash string) error {
	if want, given := s[key]; given && want != hash {
		return &MismatchError{Key: key, Want: want, Got: hash, Where: "what asks for it"}
	}
	return nil
}

func zipKey(m module.Version) string { return m.Path + " " + m.Version }
func modKey(m module.Version) string { return m.Path + " " + m.Version + modSuffix }

// hashMod is the hash of a go.mod file in go.sum.
func hashMod(data []byte) (string, error) {
	return dirhash.Hash1([]string{"go.mod"}, func(string) (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(data)), nil
	})
}

// writeFile writes a file that is there whole or not at all, and its folders.
func writeFile(name string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return atomicfile.Write(name, content)
}
