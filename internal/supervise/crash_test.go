package supervise

import (
	"io"
	"reflect"
	"strings"
	"testing"
)

const (
	mapWrites = `fatal error: concurrent map writes

goroutine 11 [running labels:{"name": "a \"b\" {c}, d: n\u00e4 [x]:", "source": "e1"}]:
internal/runtime/maps.fatal({0x4e87dd?, 0x0?})
	/usr/local/go/src/runtime/panic.go:1181 +0x18
created by main.main.func1 in goroutine 7
	/tmp/main.go:37 +0x5f3

goroutine 12 [runnable labels:{"source": "e2"}]:
main.main()
`
	outOfMemory = `runtime: out of memory: cannot allocate SIZE-byte block (1866203136 in use)
fatal error: out of memory

runtime stack:
runtime.throw({0x4e89bf?, 0x227b?})
	/usr/local/go/src/runtime/panic.go:1229 +0x48 fp=0x7ffde1e5a100 sp=0x7ffde1e5a0d0 pc=0x479fa8

goroutine 19 gp=0x9ecb4a803c0 m=0 mp=0x5bc7e0 [running, locked to thread labels:{"source": "e1"}]:
runtime.systemstack_switch()
	/usr/local/go/src/runtime/asm_amd64.s:516 +0x8 fp=0x9ecb4a32c90 sp=0x9ecb4a32c80 pc=0x47e648
runtime.mallocgc(0xSIZE, 0x4c6800, 0x1)
	/usr/local/go/src/runtime/malloc.go:1156 +0xd3 fp=0x9ecb4a32db0 sp=0x9ecb4a32d80 pc=0x478a33

goroutine 1 [select]:
runtime.mallocgc(0x80000000030, 0x4c6800, 0x1)
`
)

func TestParseCrash(t *testing.T) {
	e1 := map[string]string{"source": "e1"}
	for _, tt := range []struct {
		name, text, reason string
		labels             map[string]string
	}{
		{"map writes", mapWrites, "fatal error: concurrent map writes", map[string]string{"source": "e1", "name": `a "b" {c}, d: nä [x]:`}},
		{"a large piece", strings.ReplaceAll(outOfMemory, "SIZE", "80000000030"), "fatal error: out of memory", e1},
		{"a small piece", strings.ReplaceAll(outOfMemory, "SIZE", "100000"), "fatal error: out of memory", nil},
		{"stack overflow", "runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack overflow\n\nruntime stack:\nruntime.throw()\n\n" +
			"goroutine 7 gp=0x20d8818c1860 m=4 mp=0x20d8818fb808 [running labels:{\"source\": \"e1\"}]:\nreflect.deepValueEqual()\n", "fatal error: stack overflow", e1},
		{"a panic that says it was another", "panic: x\n\t\n\tgoroutine 1 [running labels:{\"source\": \"e2\"}]:\n\t\n\ngoroutine 19 [running labels:{\"source\": \"e1\"}]:\nmain.main()\n", "panic: x", e1},
		{"without labels", "panic: x\n\ngoroutine 19 [running]:\nmain.main()\n", "panic: x", nil},
		{"threads", "runtime: may need to increase max user processes (ulimit -u)\nfatal error: newosproc\n\ngoroutine 19 [running labels:{\"source\": \"e1\"}]:\nx()\n", "fatal error: newosproc", nil},
		{"cut off", "fatal error: concurrent map writes\n\ngoroutine 19 [running labels:{\"source\": \"e", "fatal error: concurrent map writes", nil},
		{"asked for", "SIGQUIT: quit\nPC=0x47a08e m=0 sigcode=0\n\ngoroutine 7 [running labels:{\"source\": \"e1\"}]:\nx()\n", "", nil},
		{"nothing", "", "", nil},
	} {
		got := parseCrash(tt.text)
		if got.Reason != tt.reason || !reflect.DeepEqual(got.Labels, tt.labels) {
			t.Errorf("%s: got %+v, want %q %v", tt.name, got, tt.reason, tt.labels)
		}
	}
}

// TestRecorder feeds a crash in pieces of every size, after other output.
func TestRecorder(t *testing.T) {
	before := "2026/11/29 12:00:00 http: panic serving\npanic: of something that was only shown\n"
	after := strings.Repeat("goroutine 99 [select]:\nx()\n\n", maxCrash/10)
	for _, size := range []int{1, 2, 3, 7, 64, 4096, 1 << 20} {
		var out strings.Builder
		r := newRecorder(&out)
		text := before + mapWrites + after
		for rest := text; rest != ""; {
			n := min(size, len(rest))
			if _, err := io.WriteString(r, rest[:n]); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if out.String() != text {
			t.Fatalf("in pieces of %d: not all was handed on", size)
		}
		c := r.crash()
		if c.Reason != "fatal error: concurrent map writes" || c.Labels["source"] != "e1" {
			t.Errorf("in pieces of %d: got %+v", size, c)
		}
		if n := r.kept.Len(); n > maxCrash {
			t.Errorf("in pieces of %d: kept %d bytes", size, n)
		}
	}
}

func FuzzParseCrash(f *testing.F) {
	f.Add(mapWrites)
	f.Add(outOfMemory)
	f.Fuzz(func(t *testing.T, text string) {
		if c := parseCrash(text); c.Labels != nil && c.Reason == "" {
			t.Errorf("labels without a reason: %+v", c)
		}
	})
}
