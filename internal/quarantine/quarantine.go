// Package quarantine remembers which code ended the process, so that it is not run again
// unless somebody wants it to: in a small file, because the process that finds out is not
// the one that runs code, and a restart must not forget it.
//
// An [Entry] is about one version of one source, which [Labels] names in the tracebacks
// of a process. Only one process at a time may use a [List]; the methods of a list are
// safe for concurrent use.
package quarantine

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"sync"
	"time"
)

// An Entry says that code ended the process.
type Entry struct {
	Source  string    `json:"source"`  // id of the endpoint, or "script:" and the script's name
	Name    string    `json:"name"`    // of the endpoint or script, for people
	Version string    `json:"version"` // of the code: a number, or a hash
	Reason  string    `json:"reason"`  // what the Go runtime said
	At      time.Time `json:"at"`
	// Times is how often this version ended the process. More than once says that it
	// did while it was in quarantine: not even checking it is safe.
	Times int `json:"times"`
}

// Error says what happened.
func (e *Entry) Error() string {
	return fmt.Sprintf("it ended the process at %s: %s", e.At.Format(time.RFC3339), e.Reason)
}

// Keys of the labels.
const (
	keySource  = "source"
	keyName    = "name"
	keyVersion = "version"
)

// Labels are those of goroutines that check, load or run code.
func Labels(source, name, version string) pprof.LabelSet {
	return pprof.Labels(keySource, source, keyName, name, keyVersion, version)
}

// FromLabels makes an entry of the labels of a goroutine; false where they are not those
// of [Labels].
func FromLabels(labels map[string]string, reason string, at time.Time) (Entry, bool) {
	e := Entry{
		Source: labels[keySource], Name: labels[keyName], Version: labels[keyVersion],
		Reason: reason, At: at.UTC().Truncate(time.Second),
	}
	return e, e.Source != "" && e.Version != ""
}

// A List is the code that is in quarantine. The zero value is an empty one that is kept
// nowhere.
type List struct {
	path string

	mu      sync.Mutex // guards entries, and the file
	entries map[string]Entry
}

// FileName is the name of the file in its folder.
const FileName = "quarantine.json"

// Open reads the list of a folder. Where there is none it is empty. Where it cannot be read
// it is empty too, and takes the place of the file when it is next changed.
func Open(dir string) (*List, error) {
	l := &List{path: filepath.Join(dir, FileName), entries: map[string]Entry{}}
	text, err := os.ReadFile(l.path)
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil
	}
	var list []Entry
	if err == nil {
		err = json.Unmarshal(text, &list)
	}
	if err != nil {
		return l, fmt.Errorf("read what is in quarantine, %s: %w", l.path, err)
	}
	for _, e := range list {
		l.entries[e.Source] = e
	}
	return l, nil
}

// Find gives the entry of a source, whatever its version; nil where there is none.
func (l *List) Find(source string) *Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e, ok := l.entries[source]; ok {
		return &e
	}
	return nil
}

// Add puts code into quarantine, in place of another version of its source. Of the same
// version it is counted one more time. The result is the entry as it is now.
func (l *List) Add(e Entry) (Entry, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e.Times = 1
	if before := l.entries[e.Source]; before.Version == e.Version {
		e.Times += before.Times
	}
	if l.entries == nil {
		l.entries = map[string]Entry{}
	}
	l.entries[e.Source] = e
	return e, l.write()
}

// Lift takes a source out of quarantine, whatever its version. That it was not there is
// no error.
func (l *List) Lift(source string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, known := l.entries[source]; !known {
		return nil
	}
	delete(l.entries, source)
	return l.write()
}

// Sources lists what is in quarantine.
func (l *List) Sources() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Sorted(maps.Keys(l.entries))
}

// write replaces the file. l.mu is held.
func (l *List) write() error {
	if l.path == "" {
		return nil
	}
	list := []Entry{}
	for _, source := range slices.Sorted(maps.Keys(l.entries)) {
		list = append(list, l.entries[source])
	}
	text, err := json.MarshalIndent(list, "", "  ")
	if err == nil {
		err = replace(l.path, append(text, '\n'))
	}
	if err != nil {
		return fmt.Errorf("write what is in quarantine: %w", err)
	}
	return nil
}

// replace puts a new file in the place of another, whole or not at all.
func replace(path string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".quarantine-*") // readable by its owner only
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
