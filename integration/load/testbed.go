package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// testbed is a gateway and a native server, each a process of its own.
type testbed struct {
	gateway, native *process
	admin           string // address of the admin API
	key             string
	dir             string
}

// process is a server under measurement.
type process struct {
	cmd     *exec.Cmd
	address string
	stderr  bytes.Buffer
}

func newTestbed(ctx context.Context, binary string) (*testbed, error) {
	dir, err := os.MkdirTemp("", "load")
	if err != nil {
		return nil, err
	}
	bed := &testbed{dir: dir, key: "load-test-key"}
	if binary == "" {
		binary = filepath.Join(dir, "gateway")
		if out, err := exec.CommandContext(ctx, "go", "build", "-o", binary, "./cmd/gateway").CombinedOutput(); err != nil {
			bed.close()
			return nil, fmt.Errorf("build the gateway: %w: %s", err, out)
		}
	}
	self, err := os.Executable()
	if err != nil {
		bed.close()
		return nil, err
	}
	addresses, err := freeAddresses(3)
	if err != nil {
		bed.close()
		return nil, err
	}
	bed.admin = addresses[1]
	bed.gateway, err = start(ctx, addresses[0], bed.key, binary, "serve", "--data", filepath.Join(dir, "data"), "--scripts", "",
		"--listen", addresses[0], "--admin-listen", addresses[1])
	if err == nil {
		bed.native, err = start(ctx, addresses[2], "", self, "-native", addresses[2])
	}
	if err != nil {
		bed.close()
		return nil, err
	}
	return bed, nil
}

// start runs a server and waits until it accepts connections.
func start(ctx context.Context, address, key, binary string, args ...string) (*process, error) {
	p := &process{cmd: exec.CommandContext(ctx, binary, args...), address: address}
	p.cmd.Env = append(os.Environ(), "GATEWAY_ADMIN_KEY="+key)
	p.cmd.Stderr = &p.stderr
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	for deadline := time.Now().Add(20 * time.Second); ; {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			return p, conn.Close()
		}
		if time.Now().After(deadline) {
			p.stop()
			return nil, fmt.Errorf("%s does not listen on %s: %s", filepath.Base(binary), address, &p.stderr)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func (p *process) stop() {
	if p == nil {
		return
	}
	p.cmd.Process.Signal(syscall.SIGTERM)
	p.cmd.Wait()
}

func (b *testbed) close() {
	b.gateway.stop()
	b.native.stop()
	os.RemoveAll(b.dir)
}

// cpu is the processor time the process and its children have used: a gateway has one that
// serves.
func (p *process) cpu() (time.Duration, error) {
	total, err := cpuOf(p.cmd.Process.Pid)
	if err != nil {
		return 0, err
	}
	children, err := p.children()
	for _, pid := range children {
		used, cpuErr := cpuOf(pid)
		total, err = total+used, errors.Join(err, cpuErr)
	}
	return total, err
}

// children are the processes that the process has started and that run.
func (p *process) children() ([]int, error) {
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", p.cmd.Process.Pid))
	var children []int
	for _, thread := range threads {
		text, readErr := os.ReadFile(thread)
		err = errors.Join(err, readErr)
		for _, field := range strings.Fields(string(text)) {
			pid, numErr := strconv.Atoi(field)
			children, err = append(children, pid), errors.Join(err, numErr)
		}
	}
	return children, err
}

// cpuOf is the processor time of a process, from /proc (see proc(5): utime and stime are
// the fields 14 and 15, in ticks of 10 ms).
func cpuOf(pid int) (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	// The second field is the command in parentheses and may have spaces.
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	if len(fields) < 13 {
		return 0, errors.New("unexpected /proc/PID/stat")
	}
	var ticks int64
	for _, f := range fields[11:13] {
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond, nil
}

// deploy puts a handler on the gateway.
func (b *testbed) deploy(ctx context.Context, name, method, path, code string) error {
	_, err := b.call(ctx, "POST", "/api/deploy", map[string]any{"name": name, "method": method, "path": path, "code": code})
	return err
}

// call makes a call to the admin API and gives the data of the answer.
func (b *testbed) call(ctx context.Context, method, path string, in any) (json.RawMessage, error) {
	body, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, method, "http://"+b.admin+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+b.key)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, err
	}
	var envelope struct{ Data json.RawMessage }
	if err := json.Unmarshal(text, &envelope); err != nil || res.StatusCode >= 300 {
		return nil, fmt.Errorf("%s %s: %s: %s", method, path, res.Status, text)
	}
	return envelope.Data, nil
}

// freeAddresses finds ports on loopback that are free now.
func freeAddresses(n int) ([]string, error) {
	var addresses []string
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer l.Close()
		addresses = append(addresses, l.Addr().String())
	}
	return addresses, nil
}
