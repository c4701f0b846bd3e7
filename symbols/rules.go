package symbols

// Rules decide what a script may import and use. They are immutable.
type Rules struct{}

// NewRules returns the rules of the default sandbox widened by the named
// settings, the words of the `sandbox.allow` setting: "os", "net", …, or "all".
// An unknown word is an error that lists the known ones.
func NewRules(allow ...string) (*Rules, error) { return &Rules{}, nil }

// A Refusal says why a package or a name is not for scripts.
type Refusal struct {
	Setting string // the word for `sandbox.allow` that would allow it; empty where none does
	Reason  string
	Hint    string // what to write instead; may be empty
}

// Import tells whether a script may import path; nil means that it may.
func (r *Rules) Import(path string) *Refusal { return nil }

// Symbol tells whether a script may use the name of the package; nil means that
// it may. A method is named "Type.Method".
func (r *Rules) Symbol(path, name string) *Refusal { return nil }

// Packages returns the import paths that a script may import, sorted.
func (r *Rules) Packages() []string { return nil }
