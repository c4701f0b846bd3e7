package boltstore_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"gateway/internal/boltstore"
	"gateway/internal/catalog"

	"go.uber.org/goleak"
)

// childEnv makes the test binary save into the file it names, or only hold it, instead of running tests.
const (
	childEnv  = "BOLTSTORE_TEST_SAVE_INTO"
	holderEnv = "BOLTSTORE_TEST_HOLD"
	savers    = 200
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childEnv); path != "" {
		saveUntilKilled(path)
	}
	if path := os.Getenv(holderEnv); path != "" {
		hold(path)
	}
	goleak.VerifyTestMain(m)
}

// saveUntilKilled has 200 savers create an endpoint each and save version after version of it. Every save is printed
// once the store has acknowledged it.
func saveUntilKilled(path string) {
	s, err := boltstore.Open(path, boltstore.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var mu sync.Mutex // guards standard output: one line at a time
	for i := range savers {
		go func() {
			e := &catalog.Endpoint{Name: fmt.Sprint("e", i), Method: "GET", Path: fmt.Sprint("/", i), Enabled: true, Started: true}
			for n := 1; ; n++ {
				v := &catalog.Version{Code: code(i, n)}
				save := s.UpdateEndpoint
				if n == 1 {
					save = s.CreateEndpoint
				}
				if err := save(context.Background(), e, v); err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(1)
				}
				mu.Lock()
				fmt.Println(i, n)
				mu.Unlock()
			}
		}()
	}
	select {}
}

// hold opens the file, says so, and waits for the end of standard input.
func hold(path string) {
	s, err := boltstore.Open(path, boltstore.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("open")
	_, _ = io.Copy(io.Discard, os.Stdin)
	_ = s.Close()
	os.Exit(0)
}

func code(saver, n int) string {
	return fmt.Sprintf("package handler // saver %d version %d %s", saver, n, strings.Repeat("x", 50*(saver+n)%3000))
}

// child starts the test binary with a variable set.
func child(t *testing.T, env, path string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), env+"="+path)
	cmd.Stderr = os.Stderr
	return cmd
}

// TestKilledWhileSaving kills a process in the midst of 200 concurrent savers, several times over the same file. Every
// save that was acknowledged must be there, and nothing that was not made.
func TestKilledWhileSaving(t *testing.T) {
	for _, after := range []int{1, 150, 1000, 3000} {
		t.Run(fmt.Sprint(after), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), boltstore.FileName)
			acknowledged := runAndKill(t, path, after)
			s := open(t, path)
			verify(t, s, acknowledged)
			// And it can be written again.
			e := &catalog.Endpoint{Name: "after", Method: "GET", Path: "/after"}
			if err := s.CreateEndpoint(t.Context(), e, nil); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// runAndKill kills the child when it has acknowledged so many saves. It returns each saver's last one.
func runAndKill(t *testing.T, path string, after int) map[int]int {
	t.Helper()
	cmd := child(t, childEnv, path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	acknowledged := make(map[int]int)
	lines := bufio.NewScanner(out)
	for count := 1; lines.Scan(); count++ {
		var saver, n int
		if _, err := fmt.Sscan(lines.Text(), &saver, &n); err != nil {
			break // a line that the kill cut off
		}
		acknowledged[saver] = n
		if count == after {
			if err := cmd.Process.Kill(); err != nil { // SIGKILL
				t.Fatal(err)
			}
		}
	}
	_ = cmd.Wait() // its error is the kill
	if state := cmd.ProcessState.String(); !strings.Contains(state, "killed") {
		t.Fatalf("the child ended by itself: %s", state)
	}
	return acknowledged
}

func verify(t *testing.T, s *boltstore.Store, acknowledged map[int]int) {
	t.Helper()
	for saver, n := range acknowledged {
		e, err := s.EndpointByName(t.Context(), fmt.Sprint("e", saver))
		if err != nil {
			t.Fatalf("saver %d acknowledged %d: %v", saver, n, err)
		}
		if e.Version < n || e.Revision != int64(e.Version) || !e.Serves() {
			t.Errorf("saver %d acknowledged %d, stored: %+v", saver, n, e)
		}
	}
	list, _, err := s.Endpoints(t.Context(), catalog.EndpointFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		var saver int
		if _, err := fmt.Sscanf(e.Name, "e%d", &saver); err != nil {
			t.Fatal(err)
		}
		versions, _, err := s.Versions(t.Context(), e.ID, catalog.Page{})
		if err != nil {
			t.Fatal(err)
		}
		if len(versions) != e.Version {
			t.Errorf("endpoint %s has version %d and %d versions", e.Name, e.Version, len(versions))
		}
		for _, v := range versions {
			if v.Code != code(saver, v.Number) {
				t.Errorf("version %d of %s is %q", v.Number, e.Name, v.Code)
			}
		}
	}
}
