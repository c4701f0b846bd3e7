package interp_test

import (
	"bytes"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"gateway/interp"
	"gateway/interp/check"

	"golang.org/x/tools/txtar"
)

// TestProgramsOfPackages runs the programs of testdata/packages, which consist of
// several packages, and holds them against what the compiled program prints: the last
// file of each.
func TestProgramsOfPackages(t *testing.T) {
	engine := newAllowingEngine(t)
	files, err := filepath.Glob("testdata/packages/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			src := check.Source{Name: "main", Kind: check.Program, Packages: map[string][]check.File{}}
			want, module := "", ""
			for _, f := range archive.Files {
				code := string(f.Data)
				dir, name := path.Split(f.Name)
				switch {
				case name == "go.mod":
					module = strings.Fields(code)[1]
				case name == "want.txt":
					want = code
				case dir == "":
					src.Files = append(src.Files, check.File{Name: name, Code: code})
				default:
					pkg := path.Join(module, dir)
					src.Packages[pkg] = append(src.Packages[pkg], check.File{Name: f.Name, Code: code})
				}
			}
			var stdout, stderr bytes.Buffer
			status, err := engine.Run(t.Context(), src, interp.RunOptions{Stdout: &stdout, Stderr: &stderr, Args: []string{"main"}})
			if err != nil || status != 0 || stdout.String() != want {
				t.Errorf("exit status %d, %v, standard error %s\nstandard output\n%s\ncompiled\n%s", status, err, &stderr, &stdout, want)
			}
		})
	}
}
