package allow_test

import (
	"strings"
	"testing"

	"gateway/symbols/internal/allow"
)

func TestParse(t *testing.T) {
	list, err := allow.Parse(`# comment
a -
    w: X T.M
    hint: instead of X
    v: Y
b w
    hint: instead of b
    -: Z
c never
d w
    only: N
`)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(list.Words, " "); got != "v w" {
		t.Errorf("words are %q", got)
	}
	tests := []struct{ path, name, word, hint string }{
		{"a", "X", "w", "instead of X"},
		{"a", "T.M", "w", "instead of X"},
		{"a", "T.N", "-", ""},
		{"a", "Y", "v", ""},
		{"a", "Other", "-", ""},
		{"b", "Other", "w", "instead of b"},
		{"b", "T.M", "-", ""},
		{"b", "Z", "-", ""},
		{"c", "X", "never", ""},
		{"d", "N", "w", ""},
		{"d", "Other", "never", ""},
	}
	for _, test := range tests {
		word, hint := list.Packages[test.path].Rule(test.name)
		if word != test.word || hint != test.hint {
			t.Errorf("%s.%s: got %q, %q, want %q, %q", test.path, test.name, word, hint, test.word, test.hint)
		}
	}
}

func TestParseErrors(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", "no packages"},
		{"# only a comment\n", "no packages"},
		{"a\n", "allow.txt:1: want: IMPORT-PATH WORD"},
		{"a - b\n", "allow.txt:1: want: IMPORT-PATH WORD"},
		{"a -\n\na -\n", "allow.txt:3: package a is listed twice"},
		{"    w: X\n", "allow.txt:1: want: WORD: NAME"},
		{"a -\n    w X\n", "allow.txt:2: want: WORD: NAME"},
		{"a -\n    w:\n", "allow.txt:2: want: WORD: NAME"},
		{"a -\n    w: X Y\n    v: X\n", "allow.txt:3: name X is listed twice"},
	}
	for _, test := range tests {
		if _, err := allow.Parse(test.text); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: got %v, want %s", test.text, err, test.want)
		}
	}
}
