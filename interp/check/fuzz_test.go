package check_test

import (
	"strings"
	"testing"

	"gateway/interp/check"
)

// FuzzCheck checks arbitrary bytes as every kind of source. Whatever they are, the
// answer is a package or an error with a position in the file.
func FuzzCheck(f *testing.F) {
	f.Add(handlerCode)
	f.Add("package main\nfunc main() { println(1) }")
	f.Add("package x\nimport \"slices\"\nvar x = slices.Sorted(1)\n")
	f.Add("package x\n//gateway:route GET /x\nfunc f() {}\n")
	f.Add("package x\ntype T[P any] struct { *T[P] }\nfunc (T[int]) m() {}\nvar _ = T.m")
	f.Add("//line x:9\npackage x; const (a = iota; b; c = \"\" + a); func _() { goto a; for range 1 { break a } }")
	f.Add("package x\nimport . \"fmt\"\nimport _ \"os\"\nvar Handle = func() { Println = nil }")
	c := check.New(check.Options{})
	f.Fuzz(func(t *testing.T, code string) {
		for _, kind := range []check.Kind{check.Handler, check.Script, check.Program, check.Library} {
			pkg, diags := c.Check(check.Source{Kind: kind, Path: libraryPath(kind), Files: []check.File{{Name: "x.go", Code: code}}})
			failed := false
			lines := strings.Count(code, "\n") + 1
			for _, d := range diags {
				failed = failed || d.Severity == check.Error
				if d.Code == "internal" || strings.Contains(d.Message, "takes longer than") {
					t.Fatalf("%v", d)
				}
				if d.File != "x.go" || d.Line < 1 || d.Line > lines || d.Column < 1 || d.Message == "" || d.Code == "" {
					t.Errorf("diagnostic %+v", d)
				}
			}
			if (pkg == nil) != failed {
				t.Errorf("package %v with %v", pkg, diags)
			}
		}
	})
}

// FuzzParseRoute parses arbitrary directives. An accepted one has what it promises.
func FuzzParseRoute(f *testing.F) {
	f.Add("//gateway:route GET /")
	f.Add("//gateway:route GET,POST /pets/{id}/{rest...} timeout=2s domain=x.example.com")
	f.Add("//gateway:route\tANY /a/* max_body_bytes=1 min_workers=0")
	f.Add("//gateway:route GET /{}/{a}/{a} =")
	f.Fuzz(func(t *testing.T, text string) {
		routes, err := check.ParseRoute(text)
		if (err == nil) != (len(routes) > 0) {
			t.Fatalf("%d routes and error %v", len(routes), err)
		}
		for _, r := range routes {
			if r.Method != strings.ToUpper(r.Method) || !strings.HasPrefix(r.Path, "/") || strings.ContainsAny(r.Path, " \t?#") {
				t.Errorf("route %+v", r)
			}
			for key, value := range r.Settings {
				if check.Settings[key] == "" || value == "" {
					t.Errorf("setting %q=%q", key, value)
				}
			}
		}
	})
}
