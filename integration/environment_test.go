//go:build integration

package integration

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain tells the tests where the real servers are, where the environment does
// not say so already.
func TestMain(m *testing.M) {
	if err := loadEnvironment(); err != nil {
		fmt.Fprintln(os.Stderr, "integration:", err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// loadEnvironment sets what services.sh env prints: lines of NAME='value'.
func loadEnvironment() error {
	out, err := exec.Command("./services.sh", "env").Output()
	if err != nil {
		return fmt.Errorf("services.sh env: %w", err)
	}
	lines := bufio.NewScanner(bytes.NewReader(out))
	for lines.Scan() {
		name, value, ok := strings.Cut(lines.Text(), "=")
		if !ok {
			return fmt.Errorf("services.sh env printed %q", lines.Text())
		}
		if os.Getenv(name) != "" {
			continue
		}
		if err := os.Setenv(name, strings.Trim(value, "'")); err != nil {
			return err
		}
	}
	return lines.Err()
}

// script runs a command of services.sh on real servers.
func script(t testing.TB, command string, servers ...string) {
	t.Helper()
	out, err := exec.Command("./services.sh", append([]string{command}, servers...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("services.sh %s %v: %v\n%s", command, servers, err, out)
	}
}

// writeFiles makes a folder with files.
func writeFiles(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
