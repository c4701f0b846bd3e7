package atomicfile_test

import (
	"os"
	"path/filepath"
	"testing"

	"gateway/internal/atomicfile"
)

func TestWriteReplacesWhole(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	for _, content := range []string{"the first, which is longer", "second"} {
		if err := atomicfile.Write(name, []byte(content)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(name); err != nil || string(got) != content {
			t.Errorf("%q, %v", got, err)
		}
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info, err)
	}
	onlyOne(t, filepath.Dir(name))
}

func TestWriteThatFailsLeavesNothing(t *testing.T) {
	name := filepath.Join(t.TempDir(), "folder")
	if err := os.MkdirAll(filepath.Join(name, "in it"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := atomicfile.Write(name, []byte("text")); err == nil {
		t.Error("a folder was replaced")
	}
	onlyOne(t, filepath.Dir(name))
}

func onlyOne(t *testing.T, dir string) {
	t.Helper()
	if list, err := os.ReadDir(dir); err != nil || len(list) != 1 {
		t.Error(list, err)
	}
}
