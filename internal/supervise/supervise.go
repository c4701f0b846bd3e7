package supervise

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Options of [Run]. Sockets, Died and StopTimeout are needed.
type Options struct {
	// Args are the server's command line, without the name of the program.
	Args []string
	// Sockets are handed to every server, in this order. They stay the caller's.
	Sockets []*os.File
	// StopTimeout is how long a server may take to end when it is told to; then it is
	// killed.
	StopTimeout time.Duration
	// Died is told of every death of a server before the next is started, and whether
	// it removed the cause is what it returns.
	Died func(Death) (removed bool)
	// Log takes what happens to servers; nil drops it.
	Log *slog.Logger
}

// Death is the end of a server that nobody asked for.
type Death struct {
	PID   int
	State string        // such as "exit status 2" or "signal: killed"
	Lived time.Duration // since its start
	Crash Crash
}

// Run runs the server until it is told to stop, by the end of ctx, and then until the
// server has ended: a further signal of those that end a process, or the timeout, kills
// it. The result is the exit status of the last server as a shell gives it; its error
// that there is none.
//
// A server that dies is started again: at once the first time, and where the cause was
// removed; after a while that grows to 5 s where one dies soon after the other. The
// exceptions are a server that ends with status 0, which somebody must have told to, and
// the first one if it ends before it was ready, unless the cause of that was removed:
// what was wrong with it, it has said, and would say again.
//
// The calling goroutine keeps its thread to itself: on Linux, the server is killed when
// that ends.
func Run(ctx context.Context, opts Options) (status int, err error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	var delays backoff
	for everReady := false; ; {
		s, err := start(opts)
		if err != nil && !everReady {
			return 0, fmt.Errorf("start the server process: %w", err)
		}
		death, removed := Death{}, false
		if err != nil {
			opts.Log.Error("the server process cannot be started", "error", err)
		} else {
			stopped := s.wait(ctx, opts)
			everReady = everReady || s.ready
			status := s.status()
			if stopped || status == 0 {
				return status, nil
			}
			death = s.death()
			if everReady || status > signaled || death.Crash.Reason != "" {
				opts.Log.Error("the server process died", "pid", death.PID, "state", death.State,
					"reason", cmp.Or(death.Crash.Reason, "unknown"), "lived", death.Lived.Round(time.Millisecond).String())
			}
			removed = opts.Died(death)
			if !everReady && !removed {
				return status, nil
			}
		}
		delay := delays.next(death.Lived, removed)
		opts.Log.Warn("the server process is started again", "in", delay.String())
		select {
		case <-time.After(delay):
		case <-ctx.Done():
			return 0, nil
		}
	}
}

// server is a server process.
type server struct {
	cmd      *exec.Cmd
	started  time.Time
	lifeline *os.File // its other end is the server's; closed when this process ends
	fd2      *os.File // what it writes to file descriptor 2 can be read here
	said     *recorder
	saidAll  chan struct{} // closed when said has all
	ready    bool          // valid when told is closed
	told     chan struct{}
	ended    chan struct{} // closed when the process has ended
}

// start starts a server.
func start(opts Options) (*server, error) {
	path, err := program()
	if err != nil {
		return nil, err
	}
	var pipes [3]struct{ read, write *os.File } // lifeline, readiness, file descriptor 2
	var opened []*os.File
	abandon := func(err error) (*server, error) {
		for _, f := range opened {
			f.Close()
		}
		return nil, err
	}
	for i := range pipes {
		if pipes[i].read, pipes[i].write, err = os.Pipe(); err != nil {
			return abandon(err)
		}
		opened = append(opened, pipes[i].read, pipes[i].write)
	}
	lifeline, ready, fd2 := pipes[0], pipes[1], pipes[2]
	cmd := &exec.Cmd{
		Path: path, Args: append([]string{os.Args[0]}, opts.Args...),
		Env: append(os.Environ(),
			// The last one counts, and of its settings the last.
			"GODEBUG="+strings.TrimPrefix(os.Getenv("GODEBUG")+",tracebacklabels=1", ","),
			variable+"="+strconv.Itoa(os.Getpid())+" "+strconv.Itoa(len(opts.Sockets))),
		Stdout:      os.Stdout,
		Stderr:      fd2.write,
		ExtraFiles:  append([]*os.File{lifeline.read, ready.write, os.Stderr}, opts.Sockets...),
		SysProcAttr: dieWithParent(),
	}
	if err := cmd.Start(); err != nil {
		return abandon(err)
	}
	for _, f := range []*os.File{lifeline.read, ready.write, fd2.write} {
		f.Close()
	}
	s := &server{
		cmd: cmd, started: time.Now(), lifeline: lifeline.write, fd2: fd2.read, said: newRecorder(os.Stderr),
		saidAll: make(chan struct{}), told: make(chan struct{}), ended: make(chan struct{}),
	}
	go s.readReady(ready.read)
	go s.readSaid()
	go s.waitEnd()
	return s, nil
}

// readReady ends when the server is ready or has ended.
func (s *server) readReady(from *os.File) {
	defer close(s.told)
	defer from.Close()
	n, _ := from.Read(make([]byte, 1))
	s.ready = n == 1
}

// readSaid ends with the server.
func (s *server) readSaid() {
	defer close(s.saidAll)
	defer s.fd2.Close()
	buf := make([]byte, 32<<10)
	for {
		n, err := s.fd2.Read(buf)
		_, _ = s.said.Write(buf[:n])
		if err != nil {
			return
		}
	}
}

// waitEnd ends with the server. That it failed is in its state. A process of the server's
// own that has its file descriptor 2 must not hold up the next server.
func (s *server) waitEnd() {
	_ = s.cmd.Wait()
	_ = s.fd2.SetReadDeadline(time.Now().Add(time.Second))
	close(s.ended)
}

// wait waits for the end of the server and of what reads from it, and has it stopped when
// ctx ends.
func (s *server) wait(ctx context.Context, opts Options) (stopped bool) {
	defer func() {
		<-s.told
		<-s.saidAll
		s.lifeline.Close()
	}()
	select {
	case <-s.ended:
		return false
	case <-ctx.Done():
	}
	again := make(chan os.Signal, 1)
	signal.Notify(again, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(again)
	timeout := time.NewTimer(opts.StopTimeout)
	defer timeout.Stop()
	// It may have ended, or have had the signal already, as the whole group does from a
	// terminal. Neither does harm.
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		opts.Log.Error("the server process cannot be told to stop", "pid", s.cmd.Process.Pid, "error", err)
	}
	select {
	case <-s.ended:
		return true
	case sig := <-again:
		opts.Log.Warn("the server process is killed", "pid", s.cmd.Process.Pid, "signal", sig.String())
	case <-timeout.C:
		opts.Log.Error("the server process is killed: it did not stop in time", "pid", s.cmd.Process.Pid, "timeout", opts.StopTimeout.String())
	}
	_ = s.cmd.Process.Kill() // fails only where it has ended
	<-s.ended
	return true
}

// signaled is added to the number of the signal that a process ended by.
const signaled = 128

// status is the exit status of the server as a shell gives it.
func (s *server) status() int {
	if wait, ok := s.cmd.ProcessState.Sys().(syscall.WaitStatus); ok && wait.Signaled() {
		return signaled + int(wait.Signal())
	}
	return s.cmd.ProcessState.ExitCode()
}

func (s *server) death() Death {
	return Death{PID: s.cmd.Process.Pid, State: s.cmd.ProcessState.String(), Lived: time.Since(s.started), Crash: s.said.crash()}
}
