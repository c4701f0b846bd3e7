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
	"os"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"sync"
	"time"

	"gateway/internal/atomicfile"
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
	entries []Entry    // one for each version of a source, in the order in which they came
}

// FileName is the name of the file in its folder.
const FileName = "quarantine.json"

// Open reads the list of a folder. Where there is none it is empty. Where it cannot be read
// it is empty too, and takes the place of the file when it is next changed.
func Open(dir string) (*List, error) {
	l := &List{path: filepath.Join(dir, FileName)}
	text, err := os.ReadFile(l.path)
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &l.entries)
	}
	if err != nil {
		l.entries = nil
		return l, fmt.Errorf("read what is in quarantine, %s: %w", l.path, err)
	}
	return l, nil
}

// Find gives the entries of a source, of any version.
func (l *List) Find(source string) []Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	var found []Entry
	for _, e := range l.entries {
		if e.Source == source {
			found = append(found, e)
		}
	}
	return found
}

// Add puts code into quarantine. Code that is there already is counted one more time. The
// result is the entry as it is now.
func (l *List) Add(e Entry) (Entry, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e.Times = 1
	l.entries = slices.DeleteFunc(l.entries, func(before Entry) bool {
		same := before.Source == e.Source && before.Version == e.Version
		if same {
			e.Times += before.Times
		}
		return same
	})
	l.entries = append(l.entries, e)
	return e, l.write()
}

// Lift takes all versions of a source out of quarantine. That there are none is no error.
func (l *List) Lift(source string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	before := len(l.entries)
	l.entries = slices.DeleteFunc(l.entries, func(e Entry) bool { return e.Source == source })
	if len(l.entries) == before {
		return nil
	}
	return l.write()
}

// Entries gives all that is in quarantine.
func (l *List) Entries() []Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.entries)
}

// write replaces the file. l.mu is held.
func (l *List) write() error {
	if l.path == "" {
		return nil
	}
	text, err := json.MarshalIndent(l.entries, "", "  ")
	if err == nil {
		err = atomicfile.Write(l.path, append(text, '\n'))
	}
	if err != nil {
		return fmt.Errorf("write what is in quarantine: %w", err)
	}
	return nil
}
