//go:build unix

package supervise_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"runtime/pprof"
	"strconv"
	"syscall"
	"testing"
	"time"

	"gateway/internal/supervise"
)

// The test binary is the supervisor and the server too, where this is set.
const helper = "SUPERVISE_TEST_HELPER"

// Settings of the helper.
const (
	failAtStart  = "SUPERVISE_TEST_FAIL"    // the server fails before it is ready: "exit" or "crash"
	removeCause  = "SUPERVISE_TEST_REMOVE"  // Died says that the cause was removed, which it is then
	stopTimeout  = "SUPERVISE_TEST_TIMEOUT" // of a server
	causeRemoved = "SUPERVISE_TEST_REMOVED" // set by Died
)

func TestMain(m *testing.M) {
	if os.Getenv(helper) == "" {
		os.Exit(m.Run())
	}
	status, err := 0, error(nil)
	in, err := supervise.Attach()
	switch {
	case err != nil:
	case in != nil:
		status, err = serve(in)
	default:
		status, err = run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "helper:", err)
		status = 70
	}
	os.Exit(status)
}

// run is the supervisor. It prints its address, and every death, after which it waits for
// a line of standard input.
func run() (int, error) {
	ctx, _ := signal.NotifyContext(context.Background(), syscall.SIGTERM) // no signal ends the supervisor itself
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	socket, err := ln.(*net.TCPListener).File()
	if err != nil {
		return 0, err
	}
	fmt.Println("address", ln.Addr())
	ln.Close()
	timeout, err := time.ParseDuration(os.Getenv(stopTimeout))
	if err != nil {
		return 0, err
	}
	in := bufio.NewReader(os.Stdin)
	return supervise.Run(ctx, supervise.Options{
		Args:        os.Args[1:],
		Sockets:     []*os.File{socket},
		StopTimeout: timeout,
		Log:         slog.New(slog.NewTextHandler(os.Stderr, nil)),
		Died: func(d supervise.Death) bool {
			fmt.Printf("died %s, %s, %s\n", d.State, d.Crash.Reason, d.Crash.Labels["source"])
			_, _ = in.ReadString('\n')
			if os.Getenv(removeCause) == "" {
				return false
			}
			os.Setenv(causeRemoved, "yes")
			return true
		},
	})
}

// serve is the server: it answers with its process number, and does as it is told.
func serve(in *supervise.Inherited) (int, error) {
	if os.Getenv(causeRemoved) == "" {
		switch os.Getenv(failAtStart) {
		case "exit":
			fmt.Fprintln(os.Stderr, "the configuration is wrong")
			return 3, nil
		case "crash":
			panic("while it starts")
		}
	}
	ln, err := net.FileListener(in.Sockets[0])
	if err != nil {
		return 0, err
	}
	term := make(chan os.Signal, 1)
	signal.Notify(term, syscall.SIGTERM)
	end := make(chan int, 1)
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/crash":
			crashed := make(chan struct{})
			go crash(r.FormValue("how"))
			<-crashed
		case "/exit":
			status, _ := strconv.Atoi(r.FormValue("status"))
			end <- status
		case "/hang":
			signal.Ignore(syscall.SIGTERM)
		case "/slow": // answers when it is told to stop
			fmt.Println("slow")
			status := <-term
			term <- status
		}
		fmt.Fprint(w, os.Getpid())
	})}
	go func() {
		<-in.Orphaned
		os.Exit(71)
	}()
	served := make(chan error, 1)
	go func() { served <- srv.Serve(ln) }()
	if err := in.Ready(); err != nil {
		return 0, err
	}
	status := 0
	select {
	case <-term:
		term <- syscall.SIGTERM // for /slow
	case status = <-end:
	}
	if err := srv.Shutdown(context.Background()); err != nil {
		return 0, err
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		return 0, err
	}
	return status, nil
}

// crash ends the process in a goroutine of its own, which has a label.
func crash(how string) {
	pprof.SetGoroutineLabels(pprof.WithLabels(context.Background(), pprof.Labels("source", "culprit")))
	switch how {
	case "panic":
		panic("a panic of nobody's")
	case "map":
		shared := map[int]int{}
		for range 4 {
			go func() {
				for {
					shared[1] = 1
				}
			}()
		}
	case "overflow":
		debug.SetMaxStack(1 << 20) // the runtime visits all frames before it ends the process
		var down func(int) int
		down = func(n int) int { return down(n+1) + 1 }
		fmt.Fprint(io.Discard, down(0))
	case "kill":
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	}
}
