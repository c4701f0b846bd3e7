package files_test

import (
	"testing"

	"go.uber.org/goleak"

	"gateway/services/files"
	"gateway/services/servicetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestFolderConforms(t *testing.T) {
	m := servicetest.Start(t, files.Kinds(), "folder", t.TempDir(), map[string]any{"path": "my files"})
	servicetest.Files(t, m)
}
