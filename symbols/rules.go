package symbols

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"gateway/symbols/internal/allow"
)

//go:embed allow.txt
var allowText string

// allowList parses the embedded list once.
var allowList = sync.OnceValues(func() (*allow.List, error) { return allow.Parse(allowText) })

// All is the word that allows everything that can be allowed.
const All = "all"

// Globals is the word that allows changing what the gateway process shares.
const Globals = "globals"

// Unsafe is the word that allows package unsafe, which is not among all: with it a script
// can read and write the memory of the gateway process, and end it.
const Unsafe = "unsafe"

// Rules decide what a script may import and use. They are immutable.
type Rules struct {
	list    *allow.List
	granted map[string]bool // words of sandbox.allow
}

// A Refusal says why a package or a name is not for scripts.
type Refusal struct {
	Setting string // the word for `sandbox.allow` that would allow it; empty where none does
	Reason  string
	Hint    string // what to write instead; may be empty
	Unknown bool   // the list does not have the package
}

// NewRules returns the rules of the default sandbox widened by the named
// settings, the words of the `sandbox.allow` setting: "os", "net", …, a package's
// import path, or "all". An unknown word is an error that lists the known ones.
func NewRules(words ...string) (*Rules, error) {
	list, err := allowList()
	if err != nil {
		return nil, err
	}
	r := &Rules{list: list, granted: map[string]bool{allow.Default: true}}
	for _, word := range words {
		p := list.Packages[word]
		if word != All && word != Unsafe && !slices.Contains(list.Words, word) && (p == nil || p.Word == allow.Never) {
			return nil, fmt.Errorf("sandbox.allow: unknown word %q: use %s, %s, %s or a package's import path",
				word, All, strings.Join(list.Words, ", "), Unsafe)
		}
		r.granted[word] = true
	}
	return r, nil
}

// Import tells whether a script may import path; nil means that it may.
func (r *Rules) Import(path string) *Refusal {
	p := r.list.Packages[path]
	if p == nil {
		return &Refusal{Reason: fmt.Sprintf("package %q is not available to scripts", path), Unknown: true}
	}
	if path == "unsafe" {
		if r.granted[Unsafe] {
			return nil
		}
		return &Refusal{Setting: Unsafe, Reason: fmt.Sprintf("package %q is outside the sandbox", path), Hint: p.Hint}
	}
	if r.grants(path, p.Word) {
		return nil
	}
	for _, name := range p.Names {
		if r.grants(path, name.Word) {
			return nil // some of its names are allowed
		}
	}
	if p.Word == allow.Never {
		return &Refusal{Reason: fmt.Sprintf("package %q is not for scripts", path), Hint: p.Hint}
	}
	return &Refusal{Setting: p.Word, Reason: fmt.Sprintf("package %q is outside the sandbox", path), Hint: p.Hint}
}

// Symbol tells whether a script may use the name of the package; nil means that
// it may. A method is named "Type.Method"; it is refused only where the list names it,
// because who was given a value may use it.
func (r *Rules) Symbol(path, name string) *Refusal {
	p := r.list.Packages[path]
	if p == nil {
		return r.Import(path)
	}
	word, hint := p.Rule(name)
	if r.grants(path, word) {
		return nil
	}
	full := path[strings.LastIndex(path, "/")+1:] + "." + name
	if base, ok := PackageName(path); ok {
		full = base + "." + name
	}
	if word == allow.Never {
		return &Refusal{Reason: full + " is not for scripts", Hint: hint}
	}
	return &Refusal{Setting: word, Reason: full + " is outside the sandbox", Hint: hint}
}

// Allows tells whether the word of the sandbox.allow setting is given.
func (r *Rules) Allows(word string) bool { return r.grants("", word) }

// Packages returns the import paths that a script may import, sorted.
func (r *Rules) Packages() []string {
	var paths []string
	for path := range r.list.Packages {
		if r.Import(path) == nil {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

func (r *Rules) grants(path, word string) bool {
	if word == allow.Never {
		return false
	}
	return r.granted[word] || r.granted[All] || path != "" && r.granted[path]
}
