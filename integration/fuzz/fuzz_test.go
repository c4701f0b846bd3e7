package main

import (
	"os/exec"
	"strings"
	"testing"

	"gateway/integration/fuzz/program"
	"gateway/interp"
	"gateway/symbols"
)

// TestFixedSeeds compares some programs, so that neither the generator nor the
// engine gets worse unseen; `make fuzz` compares others every time.
func TestFixedSeeds(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go command to compile with")
	}
	rules, err := symbols.NewRules(symbols.All)
	if err != nil {
		t.Fatal(err)
	}
	engine, err := interp.New(interp.Options{Rules: rules})
	if err != nil {
		t.Fatal(err)
	}
	sources := map[int]string{}
	for i := range 6 {
		if sources[i], err = program.New(uint64(i + 1)); err != nil {
			t.Fatal(err)
		}
	}
	f := fuzzer{work: t.TempDir()}
	want, err := f.compiled(t.Context(), sources)
	if err != nil {
		t.Fatal(err)
	}
	for i, source := range sources {
		if r := judge(want[i], interpreted(t.Context(), engine, source)); r.kind != same {
			t.Errorf("seed %d: %s: %s", i+1, r.kind, r.detail)
		}
	}
	if err := engine.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestSameSeedSameProgram(t *testing.T) {
	first, err := program.New(42)
	if err != nil {
		t.Fatal(err)
	}
	second, err := program.New(42)
	if err != nil {
		t.Fatal(err)
	}
	if first != second {
		t.Error("two programs of one seed differ")
	}
}

// TestEdits holds that what is left after an edit is Go, with the imports it needs.
func TestEdits(t *testing.T) {
	const source = `package main

import (
	"fmt"
	"strings"
)

func main() {
	if strings.ToUpper("a") == "A" {
		fmt.Println(1, 2)
	}
	println(3)
}
`
	found := map[string]bool{}
	for _, e := range edits(source) {
		found[apply(source, e)] = true
	}
	for name, want := range map[string]string{
		"a statement removed":  "package main\n\nimport ()\n\nfunc main() {\n\n\tprintln(3)\n}\n",
		"a condition replaced": strings.NewReplacer("\t\"strings\"\n", "", `strings.ToUpper("a") == "A"`, "true").Replace(source),
		"an argument removed":  strings.Replace(source, "1, 2", "1", 1),
	} {
		if !found[want] {
			t.Errorf("%s: not among the %d edits:\n%s", name, len(found), want)
		}
	}
}
