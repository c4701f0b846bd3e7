package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// kind is what a comparison showed.
type kind string

const (
	same    kind = "same"
	wrong   kind = "different"
	refused kind = "refused" // by the engine; the compiler takes it
	died    kind = "died"    // the process that interpreted it
	late    kind = "no end"
	invalid kind = "invalid" // the compiler does not take it
)

// result is one comparison.
type result struct {
	kind   kind
	detail string
}

// outcome is what one run of a program showed.
type outcome struct {
	Output []byte // standard output, then the first line of a panic
	Exit   int
	// Refused is the first diagnostic of a program that was not run; Invalid says
	// that it is no Go program at all.
	Refused string
	Invalid bool
	Died    string // how the process was lost
	Late    bool
}

// runTime bounds one run of a program, compiled or interpreted.
const runTime = 20 * time.Second

// compare runs each program in both ways.
func (f *fuzzer) compare(ctx context.Context, sources []string) ([]result, error) {
	got := f.workers.interpret(ctx, sources)
	valid := make(map[int]string)
	for i, source := range sources {
		if o := got[i]; !o.Invalid && o.Refused == "" && o.Died == "" {
			valid[i] = source
		}
	}
	want, err := f.compiled(ctx, valid)
	if err != nil {
		return nil, err
	}
	results := make([]result, len(sources))
	for i := range sources {
		results[i] = judge(want[i], got[i])
	}
	return results, ctx.Err()
}

func judge(want, got outcome) result {
	switch {
	case got.Invalid:
		return result{invalid, got.Refused}
	case want.Invalid:
		return result{invalid, want.Refused}
	case want.Late:
		return result{invalid, "does not end when compiled"}
	case got.Late:
		return result{late, fmt.Sprintf("still running after %v", runTime)}
	case got.Died != "":
		return result{died, got.Died}
	case got.Refused != "":
		return result{refused, got.Refused}
	case masked(got.Output) != masked(want.Output):
		return result{wrong, difference(masked(want.Output), masked(got.Output))}
	case got.Exit != want.Exit:
		return result{wrong, fmt.Sprintf("exit status %d, compiled %d", got.Exit, want.Exit)}
	}
	return result{same, ""}
}

// nilReceivers are the two ways in which a method of an embedded nil pointer panics:
// with the method's name, or where the compiler has put the method in place, without.
var nilReceivers = regexp.MustCompile(`(runtime\.\w+ )?(value method \S+ called using nil \S+ pointer|runtime error: invalid memory address or nil pointer dereference)`)

var addresses = regexp.MustCompile(`(0x|0X)?[0-9a-fA-F]{10,}|0x[0-9a-f]{6,}`)

// masked is an output without what differs between two runs of one program.
func masked(output []byte) string {
	output = nilReceivers.ReplaceAll(output, []byte("NIL"))
	output = bytes.ReplaceAll(output, []byte("batch/main."), []byte("main.")) // in type arguments
	return string(addresses.ReplaceAll(output, []byte("ADDRESS")))
}

// difference shows the first line in which two outputs differ.
func difference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := 0; ; i++ {
		if i >= len(w) || i >= len(g) || w[i] != g[i] {
			return fmt.Sprintf("line %d:\n\tgot  %s\n\twant %s", i+1, at(g, i), at(w, i))
		}
	}
}

func at(lines []string, i int) string {
	if i >= len(lines) {
		return "nothing"
	}
	return fmt.Sprintf("%.300s", lines[i])
}

// confirmed compares a program by itself, as package main.
func (f *fuzzer) confirmed(ctx context.Context, source string) bool {
	results, err := f.compare(ctx, []string{source})
	return err != nil || results[0].kind != same && results[0].kind != invalid
}

// compiled builds the programs into one binary and runs each in a process of its
// own. The key is the program's number.
func (f *fuzzer) compiled(ctx context.Context, sources map[int]string) (map[int]outcome, error) {
	outcomes := map[int]outcome{}
	f.builds++
	dir := filepath.Join(f.work, fmt.Sprint(f.builds))
	defer os.RemoveAll(dir)
	for {
		if len(sources) == 0 {
			return outcomes, nil
		}
		output, err := f.build(ctx, dir, sources)
		if err == nil {
			break
		}
		bad := badPackages(output)
		if len(bad) == 0 {
			return nil, fmt.Errorf("build: %w: %s", err, output)
		}
		rest := map[int]string{}
		for i, source := range sources {
			if message, ok := bad[packageName(i, len(sources))]; ok {
				outcomes[i] = outcome{Invalid: true, Refused: message}
				continue
			}
			rest[i] = source
		}
		if len(rest) == len(sources) {
			return nil, fmt.Errorf("build: %w: %s", err, output)
		}
		sources = rest
	}
	for i := range sources {
		outcomes[i] = runCompiled(ctx, filepath.Join(dir, "batch"), packageName(i, len(sources)))
	}
	return outcomes, ctx.Err()
}

// packageName is the package of program n: as long as main, so that texts cut to a
// length are cut at the same place, and main itself where there is only one.
func packageName(n, of int) string {
	if of == 1 {
		return "main"
	}
	return "q" + string(rune('a'+n/676%26)) + string(rune('a'+n/26%26)) + string(rune('a'+n%26))
}

func (f *fuzzer) build(ctx context.Context, dir string, sources map[int]string) (string, error) {
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	var imports, cases strings.Builder
	write := func(name, text string) error {
		name = filepath.Join(dir, name)
		return errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644))
	}
	err := write("go.mod", "module batch\n\ngo 1.26\n")
	for i, source := range sources {
		name := packageName(i, len(sources))
		if name == "main" {
			err = errors.Join(err, write("main.go", source))
			continue
		}
		source = strings.Replace(source, "package main", "package "+name, 1)
		source = strings.Replace(source, "func main()", "func Main()", 1)
		err = errors.Join(err, write(name+"/p.go", source))
		fmt.Fprintf(&imports, "import %q\n", "batch/"+name)
		fmt.Fprintf(&cases, "case %q:\n%s.Main()\n", name, name)
	}
	if cases.Len() > 0 {
		err = errors.Join(err, write("main.go", fmt.Sprintf("package main\n\nimport \"os\"\n%s\nfunc main() {\nswitch os.Args[1] {\n%s}\n}\n", imports.String(), cases.String())))
	}
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-o", "batch", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
	output, err := cmd.CombinedOutput()
	return string(output), err
}

var packageHeader = regexp.MustCompile(`(?m)^# batch(?:/(\w+))?\n(.*)$`)

// badPackages are the packages that the compiler refuses, with its first message.
func badPackages(output string) map[string]string {
	bad := map[string]string{}
	for _, m := range packageHeader.FindAllStringSubmatch(output, -1) {
		if m[1] == "" {
			m[1] = "main"
		}
		bad[m[1]] = m[2]
	}
	return bad
}

// runCompiled runs one program of a binary.
func runCompiled(ctx context.Context, binary, name string) outcome {
	ctx, cancel := context.WithTimeout(ctx, runTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, name)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	_ = cmd.Run() // the outcome says how it ended
	o := outcome{Output: joined(stdout.Bytes(), stderr.Bytes()), Exit: cmd.ProcessState.ExitCode(), Late: ctx.Err() != nil}
	if name != "main" {
		o.Output = bytes.ReplaceAll(o.Output, []byte(name+"."), []byte("main."))
		o.Output = bytes.ReplaceAll(o.Output, []byte(strings.ToUpper(name)+"."), []byte("MAIN."))
	}
	return o
}

// joined is what a program printed, and how its panic begins.
func joined(stdout, stderr []byte) []byte {
	if start, _, _ := bytes.Cut(stderr, []byte("\n")); bytes.HasPrefix(start, []byte("panic: ")) {
		return append(stdout, start...)
	}
	return stdout
}
