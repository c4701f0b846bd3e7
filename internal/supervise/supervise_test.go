//go:build unix

package supervise_test

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// supervisor is a supervisor in a process of its own.
type supervisor struct {
	t      *testing.T
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	lines  *bufio.Scanner // of its standard output, and its server's
	base   string
	stderr strings.Builder // to be read after end
	client *http.Client
}

func startSupervisor(t *testing.T, env ...string) *supervisor {
	t.Helper()
	s := &supervisor{t: t, cmd: exec.Command(os.Args[0]), client: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}}
	s.cmd.Env = append(os.Environ(), append([]string{helper + "=yes", stopTimeout + "=1h"}, env...)...)
	s.cmd.Stderr = &s.stderr
	var err error
	if s.stdin, err = s.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	stdout, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.cmd.Process.Kill() }) // has ended where the test has not failed
	s.lines = bufio.NewScanner(stdout)
	s.base = "http://" + strings.TrimPrefix(s.line(), "address ")
	return s
}

// line is the next line of standard output; empty at its end.
func (s *supervisor) line() string {
	s.lines.Scan()
	return s.lines.Text()
}

// ask gives the process number of the server that answers.
func (s *supervisor) ask(path string) (string, error) {
	res, err := s.client.Get(s.base + path)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return string(body), err
}

func (s *supervisor) pid() string {
	s.t.Helper()
	pid, err := s.ask("/")
	if err != nil {
		s.t.Fatal(err)
	}
	return pid
}

// end waits for the end of the supervisor and of its server, which have the same standard
// output, and gives the exit status.
func (s *supervisor) end() int {
	s.t.Helper()
	for s.lines.Scan() {
		s.t.Error("unexpected output:", s.lines.Text())
	}
	_ = s.cmd.Wait()
	return s.cmd.ProcessState.ExitCode()
}

func (s *supervisor) stop() int {
	s.t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Fatal(err)
	}
	return s.end()
}

// TestADeadServerIsReplaced has servers die in every way. Who connects while there is
// none is answered by the next.
func TestADeadServerIsReplaced(t *testing.T) {
	s := startSupervisor(t, removeCause+"=yes")
	seen := map[string]bool{s.pid(): true}
	for _, death := range []struct{ path, want string }{
		{"/crash?how=map", "died exit status 2, fatal error: concurrent map writes, culprit"},
		{"/crash?how=overflow", "died exit status 2, fatal error: stack overflow, culprit"},
		{"/crash?how=panic", "died exit status 2, panic: a panic of nobody's, culprit"},
		{"/crash?how=kill", "died signal: killed, , "},
		{"/exit?status=5", "died exit status 5, , "},
	} {
		_, _ = s.ask(death.path) // it may be answered
		if got := s.line(); got != death.want {
			t.Errorf("%s: got %q, want %q", death.path, got, death.want)
		}
		var clients sync.WaitGroup
		answers := make(chan string, 20)
		for range cap(answers) {
			clients.Go(func() {
				pid, err := s.ask("/")
				if err != nil {
					t.Errorf("%s: a client that came while there was no server: %v", death.path, err)
				}
				answers <- pid
			})
		}
		if _, err := io.WriteString(s.stdin, "go on\n"); err != nil {
			t.Fatal(err)
		}
		clients.Wait()
		close(answers)
		pid := <-answers
		for other := range answers {
			if other != pid {
				t.Errorf("%s: answers of the processes %s and %s", death.path, pid, other)
			}
		}
		if seen[pid] {
			t.Errorf("%s: process %s answers again", death.path, pid)
		}
		seen[pid] = true
	}
	if status := s.stop(); status != 0 {
		t.Errorf("exit status %d\n%s", status, &s.stderr)
	}
	for _, want := range []string{"fatal error: concurrent map writes\n", `reason="fatal error: stack overflow"`, `state="signal: killed"`} {
		if !strings.Contains(s.stderr.String(), want) {
			t.Errorf("standard error does not have %q:\n%.5000s", want, &s.stderr)
		}
	}
}

func TestAServerThatFailsToStartIsNotStartedAgain(t *testing.T) {
	for _, tt := range []struct {
		fail   string
		status int
		said   string
	}{
		{"exit", 3, "the configuration is wrong\n"},
		{"crash", 2, "panic: while it starts\n"},
	} {
		s := startSupervisor(t, failAtStart+"="+tt.fail)
		s.stdin.Close()
		s.line() // died
		if status := s.end(); status != tt.status {
			t.Errorf("%s: exit status %d, want %d", tt.fail, status, tt.status)
		}
		if !strings.Contains(s.stderr.String(), tt.said) || strings.Contains(s.stderr.String(), "started again") {
			t.Errorf("%s: standard error:\n%s", tt.fail, &s.stderr)
		}
	}
}

func TestAServerWhoseCauseOfDeathWasRemovedIsStartedAgain(t *testing.T) {
	s := startSupervisor(t, failAtStart+"=crash", removeCause+"=yes")
	s.stdin.Close()
	if got := s.line(); got != "died exit status 2, panic: while it starts, " {
		t.Errorf("got %q", got)
	}
	s.pid()
	if status := s.stop(); status != 0 {
		t.Errorf("exit status %d\n%s", status, &s.stderr)
	}
}

func TestStopLetsRequestsFinish(t *testing.T) {
	s := startSupervisor(t)
	answer := make(chan error, 1)
	go func() {
		_, err := s.ask("/slow")
		answer <- err
	}()
	s.line() // slow
	if status := s.stop(); status != 0 {
		t.Errorf("exit status %d\n%s", status, &s.stderr)
	}
	if err := <-answer; err != nil {
		t.Error("a request in flight:", err)
	}
}

func TestAServerThatEndsByItselfEndsItsSupervisor(t *testing.T) {
	s := startSupervisor(t)
	_, _ = s.ask("/exit?status=0")
	if status := s.end(); status != 0 {
		t.Errorf("exit status %d\n%s", status, &s.stderr)
	}
}

func TestAServerThatDoesNotStopIsKilled(t *testing.T) {
	for _, tt := range []struct {
		name, timeout, want string
		again               bool
	}{
		{"timeout", "1ms", "did not stop in time", false},
		{"second signal", "1h", "is killed", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := startSupervisor(t, stopTimeout+"="+tt.timeout)
			if _, err := s.ask("/hang"); err != nil {
				t.Fatal(err)
			}
			ended := make(chan struct{})
			go func() {
				for tt.again { // one of them is the first that it hears after the one that stops it
					_ = s.cmd.Process.Signal(syscall.SIGTERM)
					select {
					case <-ended:
						return
					default:
					}
				}
			}()
			if status := s.stop(); status != 137 {
				t.Errorf("exit status %d\n%s", status, &s.stderr)
			}
			close(ended)
			if !strings.Contains(s.stderr.String(), tt.want) {
				t.Errorf("standard error:\n%s", &s.stderr)
			}
		})
	}
}

// TestTheServerDiesWithItsSupervisor waits for the end of both: see end.
func TestTheServerDiesWithItsSupervisor(t *testing.T) {
	s := startSupervisor(t)
	if _, err := s.ask("/hang"); err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	s.end()
	if _, err := s.ask("/"); err == nil {
		t.Error("somebody still answers")
	}
}
