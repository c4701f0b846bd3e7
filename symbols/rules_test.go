package symbols_test

import (
	"slices"
	"strings"
	"testing"

	"gateway/symbols"
)

func mustRules(t *testing.T, words ...string) *symbols.Rules {
	t.Helper()
	rules, err := symbols.NewRules(words...)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

func TestImportRules(t *testing.T) {
	tests := []struct {
		path    string
		words   string // of the setting
		allowed bool
		setting string // in the refusal
	}{
		{"gateway", "", true, ""},
		{"fmt", "", true, ""},
		{"slices", "", true, ""},
		{"net/http", "", true, ""},
		{"net", "", true, ""}, // for some of its names
		{"runtime", "", true, ""},
		{"os", "", false, "os"},
		{"os", "net", false, "os"},
		{"os", "os", true, ""},
		{"os", "all", true, ""},
		{"os/signal", "os", true, ""},
		{"os/signal", "os/signal", true, ""},
		{"os", "os/signal", false, "os"},
		{"os/exec", "", false, "os/exec"},
		{"os/exec", "os", false, "os/exec"},
		{"os/exec", "os os/exec", true, ""},
		{"testing", "", false, "testing"},
		{"unsafe", "all", false, "unsafe"},
		{"unsafe", "os unsafe", true, ""},
		{"plugin", "all", false, ""},
		{"C", "all", false, ""},
		{"no/such", "all", false, ""},
	}
	for _, test := range tests {
		refusal := mustRules(t, strings.Fields(test.words)...).Import(test.path)
		if (refusal == nil) != test.allowed {
			t.Errorf("%s with %q: %+v", test.path, test.words, refusal)
		} else if refusal != nil && refusal.Setting != test.setting {
			t.Errorf("%s with %q: setting %q, want %q", test.path, test.words, refusal.Setting, test.setting)
		}
	}
}

func TestSymbolRules(t *testing.T) {
	tests := []struct {
		path, name, words string
		allowed           bool
		setting           string
	}{
		{"fmt", "Sprintf", "", true, ""},
		{"fmt", "Scan", "", false, "os"},
		{"fmt", "Scan", "fmt", true, ""},
		{"log", "Println", "", true, ""},
		{"log", "Fatal", "", false, "os"},
		{"log", "Fatal", "os", true, ""},
		{"log", "Logger.Fatal", "", false, "os"},
		{"log", "Logger.Print", "", true, ""},
		{"log", "SetOutput", "os", false, "globals"},
		{"net", "ParseIP", "", true, ""},
		{"net", "Dial", "", false, "net"},
		{"net", "Dial", "net", true, ""},
		{"net/http", "Get", "", false, "net"},
		{"net/http", "Client", "", false, "net"},
		{"net/http", "Client.Get", "", true, ""}, // on ctx.HTTP()
		{"net/http", "StatusOK", "", true, ""},
		{"net/http", "ListenAndServe", "net", true, ""},
		{"runtime", "Goexit", "", false, "runtime"},
		{"runtime", "NumCPU", "", true, ""},
		{"runtime", "AddCleanup", "all", false, ""},
		{"syscall", "SIGTERM", "os", true, ""},
		{"syscall", "Mmap", "all", false, ""},
		{"os", "Exit", "all", true, ""},
	}
	for _, test := range tests {
		refusal := mustRules(t, strings.Fields(test.words)...).Symbol(test.path, test.name)
		if (refusal == nil) != test.allowed {
			t.Errorf("%s.%s with %q: %+v", test.path, test.name, test.words, refusal)
		} else if refusal != nil && refusal.Setting != test.setting {
			t.Errorf("%s.%s with %q: setting %q, want %q", test.path, test.name, test.words, refusal.Setting, test.setting)
		}
	}
}

func TestUnknownWord(t *testing.T) {
	for _, word := range []string{"nett", "plugin", "never", "-", ""} {
		_, err := symbols.NewRules("os", word)
		if err == nil || !strings.Contains(err.Error(), "os/exec") {
			t.Errorf("%q: %v", word, err)
		}
	}
}

func TestPackages(t *testing.T) {
	sandbox := mustRules(t).Packages()
	for _, path := range []string{"os", "os/exec", "os/signal", "runtime/debug", "testing", "syscall", "unsafe", "flag"} {
		if slices.Contains(sandbox, path) {
			t.Errorf("the default sandbox has %s", path)
		}
	}
	for _, path := range []string{"gateway", "fmt", "encoding/json", "slices", "sync/atomic", "net/http", "time"} {
		if !slices.Contains(sandbox, path) {
			t.Errorf("the default sandbox lacks %s", path)
		}
	}
	if all := mustRules(t, symbols.All).Packages(); !slices.Equal(all, symbols.Paths()) {
		t.Errorf("all allows\n%v\ntables are\n%v", all, symbols.Paths())
	}
}
