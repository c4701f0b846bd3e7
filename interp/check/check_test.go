package check_test

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gateway/interp/check"
	"gateway/symbols"
)

var kinds = map[string]check.Kind{
	"": check.Handler, "script": check.Script, "program": check.Program, "library": check.Library,
}

// TestDiagnostics checks the sources of testdata/diagnostics. Of each archive the
// comment may have lines "kind: …" and "allow: …"; files in folders are packages; the
// file "diagnostics", at the end, is what is expected.
func TestDiagnostics(t *testing.T) {
	files, err := filepath.Glob("testdata/diagnostics/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no test data: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			archive := txtar.Parse(data)
			src, rules, want := parseArchive(t, archive)
			pkg, diags := check.New(check.Options{Rules: rules}).Check(src)
			failed := false
			var got strings.Builder
			for _, d := range diags {
				failed = failed || d.Severity == check.Error
				writeDiagnostic(&got, d)
			}
			if (pkg == nil) != failed {
				t.Errorf("package is nil: %v; there is an error: %v", pkg == nil, failed)
			}
			if *update {
				writeArchive(t, file, archive, got.String())
			} else if got.String() != want {
				t.Errorf("got:\n%s\nwant:\n%s", got.String(), want)
			}
		})
	}
}

func writeDiagnostic(b *strings.Builder, d check.Diagnostic) {
	fmt.Fprintf(b, "%s:%d:%d", d.File, d.Line, d.Column)
	if d.EndLine > 0 {
		fmt.Fprintf(b, "-%d:%d", d.EndLine, d.EndColumn)
	}
	fmt.Fprintf(b, " %s %s\n\t%s\n", d.Severity, d.Code, strings.ReplaceAll(d.Message, "\n", "\n\t"))
	if d.Hint != "" {
		fmt.Fprintf(b, "\thint: %s\n", d.Hint)
	}
	for _, r := range d.Related {
		fmt.Fprintf(b, "\t%s:%d:%d %s\n", r.File, r.Line, r.Column, r.Message)
	}
}

func parseArchive(t *testing.T, archive *txtar.Archive) (src check.Source, rules *symbols.Rules, want string) {
	src.Packages = map[string][]check.File{}
	var allow []string
	for line := range strings.Lines(string(archive.Comment)) {
		line = strings.TrimSpace(line)
		if kind, ok := strings.CutPrefix(line, "kind: "); ok {
			src.Kind, ok = kinds[kind]
			if !ok {
				t.Fatalf("unknown kind %q", kind)
			}
		}
		if words, ok := strings.CutPrefix(line, "allow: "); ok {
			allow = strings.Fields(words)
		}
	}
	rules, err := symbols.NewRules(allow...)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		file := check.File{Name: f.Name, Code: string(f.Data)}
		switch dir := path.Dir(f.Name); {
		case f.Name == "diagnostics":
			want = string(f.Data)
		case dir == ".":
			src.Files = append(src.Files, file)
		default:
			src.Packages[dir] = append(src.Packages[dir], file)
		}
	}
	return src, rules, want
}

func writeArchive(t *testing.T, name string, archive *txtar.Archive, diagnostics string) {
	files := archive.Files[:0:0]
	for _, f := range archive.Files {
		if f.Name != "diagnostics" {
			files = append(files, f)
		}
	}
	archive.Files = append(files, txtar.File{Name: "diagnostics", Data: []byte(diagnostics)})
	if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
