package interp_test

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gateway/interp"
	"gateway/interp/check"
)

// TestRunReadsItsStdin runs programs on a reader, a file and nothing.
func TestRunReadsItsStdin(t *testing.T) {
	engine := newAllowingEngine(t)
	name := filepath.Join(t.TempDir(), "stdin")
	if err := os.WriteFile(name, []byte("one 2\nthree\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	const (
		lines = `s := bufio.NewScanner(os.Stdin); for s.Scan() { fmt.Println("<" + s.Text() + ">") }`
		all   = `data, err := io.ReadAll(os.Stdin); fmt.Println(len(data), err)`
		scan  = `var s string; var n int; fmt.Scan(&s, &n); var rest string; _, err := fmt.Scanln(&rest); fmt.Println(s, n, rest, err)`
		none  = `fmt.Println("done")`
		part  = `b := make([]byte, 3); io.ReadFull(os.Stdin, b); fmt.Println(string(b)); os.Exit(3)`
	)
	tests := []struct {
		name, body string
		stdin      io.Reader
		want       string
		exit       int
	}{
		{"lines", lines, strings.NewReader("one 2\nthree\n"), "<one 2>\n<three>\n", 0},
		{"a file", lines, file, "<one 2>\n<three>\n", 0},
		{"all", all, strings.NewReader(strings.Repeat("x", 1<<20)), "1048576 <nil>\n", 0},
		{"nothing", all, nil, "0 <nil>\n", 0},
		{"scan", scan, strings.NewReader("one 2\nthree\n"), "one 2 three <nil>\n", 0}, // a rune that was looked at is lost, as compiled
		{"more than is read", part, strings.NewReader(strings.Repeat("x", 1<<20)), "xxx\n", 3},
		{"not read at all", none, strings.NewReader("one"), "done\n", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			code := "package main\n\nimport (\n\t\"bufio\"\n\t\"fmt\"\n\t\"io\"\n\t\"os\"\n)\n\nvar (\n\t_ = bufio.NewScanner\n\t_ = io.ReadAll\n\t_ = os.Exit\n)\n\nfunc main() { " + test.body + " }\n"
			var out strings.Builder
			exit, err := engine.Run(t.Context(), check.Source{Name: "test", Files: []check.File{{Name: "test.go", Code: code}}}, interp.RunOptions{Stdin: test.stdin, Stdout: &out, Stderr: &out})
			if err != nil || exit != test.exit || out.String() != test.want {
				t.Errorf("exit %d, %v, output %q", exit, err, out.String())
			}
		})
	}
}

// TestRunReadsItsFlags runs a program that has package flag read its arguments: its own,
// and no flag of the process that runs it.
func TestRunReadsItsFlags(t *testing.T) {
	engine := newAllowingEngine(t)
	const code = `package main

import (
	"flag"
	"fmt"
	"os"
)

var n = flag.Int("n", 1, "number")

func main() {
	flag.BoolFunc("drop", "drop the first argument", func(string) error { os.Args = os.Args[1:]; return nil })
	flag.Parse()
	count := 0
	flag.VisitAll(func(*flag.Flag) { count++ })
	fmt.Println(*n, flag.Args(), flag.CommandLine.Name(), len(os.Args), count, flag.Lookup("n").DefValue)
}
`
	const usage = "Usage of tool:\n  -drop\n    \tdrop the first argument\n  -n int\n    \tnumber (default 1)\n"
	tests := []struct {
		name string
		args []string
		want string
		exit int
	}{
		{"none", []string{"tool"}, "1 [] tool 1 2 1\n", 0},
		{"all", []string{"tool", "-n", "7", "-drop", "a", "-n"}, "7 [a -n] tool 5 2 1\n", 0},
		{"help", []string{"tool", "-h"}, usage, 0},
		{"invalid", []string{"tool", "-n", "x"}, "invalid value \"x\" for flag -n: parse error\n" + usage, 2},
		{"of the process", []string{"tool", "-test.v"}, "flag provided but not defined: -test.v\n" + usage, 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var out strings.Builder
			exit, err := engine.Run(t.Context(), check.Source{Name: "test", Files: []check.File{{Name: "test.go", Code: code}}}, interp.RunOptions{Args: test.args, Stdout: &out, Stderr: &out})
			if err != nil || exit != test.exit || out.String() != test.want {
				t.Errorf("exit %d, %v, output %q", exit, err, out.String())
			}
		})
	}
}
