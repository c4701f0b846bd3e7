package symbols_test

import (
	"strings"
	"testing"

	"gateway/symbols"
)

func TestDoc(t *testing.T) {
	tests := []struct{ path, name, want string }{
		{"strings", "", "Package strings implements"},
		{"strings", "ToUpper", "ToUpper returns s with"},
		{"strings", "Builder.WriteString", "WriteString appends"},
		{"net/http", "StatusTeapot", "RFC 9110"},
		{"net/http", "Cookie.Quoted", "indicates whether the Value was originally quoted"},
		{"io", "EOF", "EOF is the error"},
		{"io", "Reader.Read", ""},
		{"math", "Pi", ""},
		{"slices", "Sort", "Sort sorts a slice"},
		{"gateway", "Request.QueryInt", "QueryInt"},
		{"gateway", "OK", "OK"},
		{"strings", "nothing", ""},
		{"no/such", "", ""},
	}
	for _, test := range tests {
		got := symbols.Doc(test.path, test.name)
		if !strings.HasPrefix(got, test.want) || test.want == "" && test.name != "Pi" && got != "" {
			t.Errorf("%s.%s: %q", test.path, test.name, got)
		}
		if len(got) > 1300 {
			t.Errorf("%s.%s has %d bytes", test.path, test.name, len(got))
		}
	}
}

// TestDocOfSDK holds that every exported function and type that scripts see is documented.
func TestDocOfSDK(t *testing.T) {
	exports, _ := symbols.Package("gateway")
	for name := range exports {
		if symbols.Doc("gateway", name) == "" {
			t.Errorf("%s has no doc comment", name)
		}
	}
}
