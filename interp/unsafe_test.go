package interp_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"gateway/interp"
	"gateway/interp/check"
	"gateway/symbols"
)

// TestUnsafe is about package unsafe: it needs its own word, and then conversions of
// pointers are those of compiled code.
func TestUnsafe(t *testing.T) {
	run := func(word, body string) (string, error) {
		rules, err := symbols.NewRules(word)
		if err != nil {
			t.Fatal(err)
		}
		code := "package main\n\nimport (\n\t\"fmt\"\n\t\"unsafe\"\n)\n\ntype header struct {\n\tdata unsafe.Pointer\n\tlen  int\n}\n\nfunc main() {\n" + body + "\n}\n"
		var stdout bytes.Buffer
		src := check.Source{Name: "main.go", Files: []check.File{{Name: "main.go", Code: code}}}
		_, err = newEngine(t, interp.Options{Rules: rules}).Run(t.Context(), src, interp.RunOptions{Stdout: &stdout})
		return strings.TrimSpace(stdout.String()), err
	}
	const conversions = `
	f, b, s := 1.5, []byte("hello"), "text"
	fmt.Println(*(*uint64)(unsafe.Pointer(&f)), *(*string)(unsafe.Pointer(&b)), unsafe.Sizeof(b))
	h := *(*header)(unsafe.Pointer(&s))
	var p unsafe.Pointer = h.data
	fmt.Println(h.len, p != nil, uintptr(p) == uintptr(h.data))
	tail := s[2:]
	fmt.Println(uintptr((*header)(unsafe.Pointer(&tail)).data) - uintptr(p))
	q := (*float64)(unsafe.Pointer(&f))
	*q = 2.5
	fmt.Println(f, map[unsafe.Pointer]int{unsafe.Pointer(&f): 3}[unsafe.Pointer(q)])`
	got, err := run(symbols.Unsafe, conversions)
	if want := "4609434218613702656 hello 24\n4 true true\n2\n2.5 3"; err != nil || got != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	for body, want := range map[string]string{
		"fmt.Println(unsafe.Pointer(uintptr(1)))":             "an integer cannot become an unsafe.Pointer",
		`fmt.Println(*unsafe.StringData("x"))`:                "cannot be used here",
		"b := []byte{1}\nfmt.Println(unsafe.Slice(&b[0], 9))": "cannot be used here",
	} {
		var refused *interp.DiagnosticsError
		if _, err := run(symbols.Unsafe, body); !errors.As(err, &refused) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s gives %v, want a refusal: %s", body, err, want)
		}
	}
	if _, err := run(symbols.All, conversions); err == nil || !strings.Contains(err.Error(), "--allow unsafe") {
		t.Errorf("with the word all: %v", err)
	}
}
