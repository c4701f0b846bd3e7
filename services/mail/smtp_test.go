package mail_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"gateway"
	"gateway/services"
	"gateway/services/mail"
	"gateway/services/servicetest"
)

// fakeServer is an SMTP server that answers as a test wants. answer gives the
// answer to a command, "" for the usual one, and hangUp to close the connection.
type fakeServer struct {
	listener net.Listener
	serving  sync.WaitGroup

	mu       sync.Mutex // guards what follows
	answer   func(command string) string
	commands []string
	mails    [][]byte
	conns    map[net.Conn]struct{}
}

const hangUp = "hang up"

func newFakeServer(t *testing.T) *fakeServer {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &fakeServer{listener: listener, answer: func(string) string { return "" }, conns: map[net.Conn]struct{}{}}
	f.serving.Go(f.accept)
	t.Cleanup(func() {
		listener.Close()
		f.mu.Lock()
		for conn := range f.conns {
			conn.Close()
		}
		f.mu.Unlock()
		f.serving.Wait()
	})
	return f
}

func (f *fakeServer) accept() {
	for {
		conn, err := f.listener.Accept()
		if err != nil {
			return
		}
		f.mu.Lock()
		f.conns[conn] = struct{}{}
		f.mu.Unlock()
		f.serving.Go(func() { f.serve(conn) })
	}
}

func (f *fakeServer) serve(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	fmt.Fprint(conn, "220 fake\r\n")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimSpace(line)
		verb := strings.ToUpper(strings.SplitN(line, " ", 2)[0])
		answer := f.reply(line)
		switch {
		case answer == hangUp:
			return
		case answer != "":
		case verb == "EHLO":
			answer = "250-fake\r\n250 AUTH PLAIN CRAM-MD5"
		case verb == "DATA":
			fmt.Fprint(conn, "354 go on\r\n")
			data, ok := readData(in)
			if !ok {
				return
			}
			answer = f.reply(".")
			if answer == hangUp {
				return
			}
			if answer == "" {
				f.mu.Lock()
				f.mails = append(f.mails, data)
				f.mu.Unlock()
				answer = "250 taken"
			}
		case verb == "QUIT":
			fmt.Fprint(conn, "221 bye\r\n")
			return
		default:
			answer = "250 ok"
		}
		fmt.Fprint(conn, answer+"\r\n")
	}
}

func readData(in *bufio.Reader) ([]byte, bool) {
	var data []byte
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return nil, false
		}
		if string(line) == ".\r\n" {
			return data, true
		}
		data = append(data, bytes.TrimPrefix(line, []byte("."))...)
	}
}

func (f *fakeServer) reply(command string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.commands = append(f.commands, command)
	return f.answer(command)
}

func (f *fakeServer) count(prefix string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, command := range f.commands {
		if strings.HasPrefix(command, prefix) {
			n++
		}
	}
	return n
}

func (f *fakeServer) received() [][]byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.mails
}

// refuseFirst answers the first n commands that begin with prefix.
func refuseFirst(n int, prefix, answer string) func(string) string {
	return func(command string) string {
		if n > 0 && strings.HasPrefix(command, prefix) {
			n--
			return answer
		}
		return ""
	}
}

func (f *fakeServer) start(t *testing.T, more map[string]any) *services.Manager {
	t.Helper()
	address := f.listener.Addr().(*net.TCPAddr)
	config := map[string]any{"host": "127.0.0.1", "port": address.Port, "encryption": "none", "from_address": "shop@example.com"}
	for name, value := range more {
		config[name] = value
	}
	return servicetest.Start(t, mail.Kinds(), "email", t.TempDir(), config)
}

func (f *fakeServer) answers(answer func(string) string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answer = answer
}

func send(t *testing.T, m *services.Manager) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	email, err := m.View(nil).Email(ctx, servicetest.Name)
	if err != nil {
		t.Fatal(err)
	}
	return email.SendMessage(gateway.Message{To: []string{"ada@example.com", "bob@example.com"}, Subject: "s", Text: "t"})
}

func TestSMTPConforms(t *testing.T) {
	f := newFakeServer(t)
	servicetest.Email(t, f.start(t, nil), func(_ testing.TB, mark string) [][]byte {
		var found [][]byte
		for _, data := range f.received() {
			if bytes.Contains(data, []byte(mark)) {
				found = append(found, data)
			}
		}
		return found
	})
}

func TestTemporaryRefusalsAreRepeated(t *testing.T) {
	for _, c := range []struct {
		name    string
		answer  func(string) string
		retries int
		code    gateway.Code // "": sent
		tries   int          // MAIL commands
	}{
		{"once at RCPT", refuseFirst(1, "RCPT", "451 greylisted"), 3, "", 2},
		{"once at MAIL", refuseFirst(1, "MAIL", "421 too busy"), 3, "", 2},
		{"once after the message", refuseFirst(1, ".", "452 disk full"), 3, "", 2},
		{"for ever", refuseFirst(100, "RCPT", "451 greylisted"), 1, gateway.ErrServiceUnavailable, 2},
		{"not repeated at all", refuseFirst(1, "RCPT", "451 greylisted"), 0, gateway.ErrServiceUnavailable, 1},
		{"permanent at RCPT", refuseFirst(1, "RCPT", "550 no such user"), 3, gateway.ErrEmail, 1},
		{"permanent after the message", refuseFirst(1, ".", "554 spam"), 3, gateway.ErrEmail, 1},
		{"hung up before the message", refuseFirst(1, "DATA", hangUp), 0, "", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFakeServer(t)
			m := f.start(t, map[string]any{"max_retries": c.retries})
			f.answers(c.answer)
			err := send(t, m)
			if c.code == "" && err != nil || c.code != "" && (err == nil || gateway.AsError(err).Code != c.code) {
				t.Errorf("got %v, want %q", err, c.code)
			}
			if n := f.count("MAIL"); n != c.tries {
				t.Errorf("tried %d times, want %d", n, c.tries)
			}
			want := 0
			if c.code == "" {
				want = 1
			}
			if got := len(f.received()); got != want {
				t.Errorf("the server has %d mails, want %d", got, want)
			}
		})
	}
}

func TestNothingIsSentWhenOneRecipientIsRefused(t *testing.T) {
	f := newFakeServer(t)
	m := f.start(t, nil)
	f.answers(func(command string) string {
		if strings.HasPrefix(command, "RCPT TO:<bob") {
			return "550 no such user"
		}
		return ""
	})
	if err := send(t, m); err == nil {
		t.Error("no error")
	}
	if f.count("DATA") != 0 {
		t.Error("the message was sent to the others")
	}
}

func TestUnconfirmedMessageIsNotRepeated(t *testing.T) {
	f := newFakeServer(t)
	m := f.start(t, nil)
	f.answers(refuseFirst(1, ".", hangUp))
	err := send(t, m)
	if err == nil || gateway.AsError(err).Code != gateway.ErrServiceUnavailable || !strings.Contains(gateway.AsError(err).Message, "may or may not") {
		t.Errorf("got %v", err)
	}
	if n := f.count("MAIL"); n != 1 {
		t.Errorf("tried %d times", n)
	}
}

func TestSilentServerIsGivenUp(t *testing.T) {
	f := newFakeServer(t)
	m := f.start(t, nil)
	release := make(chan struct{})
	f.answers(func(command string) string {
		if strings.HasPrefix(command, "MAIL") {
			<-release
		}
		return ""
	})
	defer close(release)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	email, err := m.View(nil).Email(ctx, servicetest.Name)
	if err != nil {
		t.Fatal(err)
	}
	err = email.Send("ada@example.com", "s", "t")
	if err == nil || gateway.AsError(err).Code != gateway.ErrTimeout {
		t.Errorf("got %v", err)
	}
}

func TestRateLimit(t *testing.T) {
	f := newFakeServer(t)
	m := f.start(t, map[string]any{"rate_limit_per_minute": 2})
	for range 2 {
		if err := send(t, m); err != nil {
			t.Fatal(err)
		}
	}
	if err := send(t, m); err == nil || gateway.AsError(err).Code != gateway.ErrTooManyRequests {
		t.Errorf("got %v", err)
	}
}

func TestLogin(t *testing.T) {
	const password = "hunter2-und-mehr"
	plain := base64.StdEncoding.EncodeToString([]byte("\x00ada\x00" + password))
	start := func(t *testing.T, auth string, answer func(string) string) (*fakeServer, error) {
		f := newFakeServer(t)
		f.answers(answer)
		address := f.listener.Addr().(*net.TCPAddr)
		driver, err := mail.OpenSMTP(mail.Config{
			Host: "127.0.0.1", Port: address.Port, Encryption: mail.None, FromAddress: "a@example.com",
			Username: "ada", Password: password, Auth: auth, TimeoutSeconds: 5,
		})
		if err != nil {
			t.Fatal(err)
		}
		return f, driver.Ping(t.Context())
	}
	t.Run("plain where it is demanded", func(t *testing.T) {
		f, err := start(t, "plain", func(command string) string {
			if command == "AUTH PLAIN "+plain {
				return "235 welcome"
			}
			return ""
		})
		if err != nil || f.count("AUTH PLAIN "+plain) != 1 {
			t.Errorf("got %v", err)
		}
	})
	t.Run("no password without TLS", func(t *testing.T) {
		f, err := start(t, "auto", func(command string) string {
			if strings.HasPrefix(command, "EHLO") {
				return "250-fake\r\n250 AUTH PLAIN LOGIN"
			}
			return ""
		})
		if err == nil || f.count("AUTH") != 0 {
			t.Errorf("got %v", err)
		}
	})
	t.Run("refused", func(t *testing.T) {
		_, err := start(t, "plain", func(command string) string {
			if strings.HasPrefix(command, "AUTH") {
				return "535 wrong"
			}
			return ""
		})
		if err == nil || gateway.AsError(err).Code != gateway.ErrServiceUnavailable || strings.Contains(err.Error(), password) || strings.Contains(err.Error(), plain) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("starttls is not skipped", func(t *testing.T) {
		f := newFakeServer(t)
		address := f.listener.Addr().(*net.TCPAddr)
		driver, err := mail.OpenSMTP(mail.Config{
			Host: "127.0.0.1", Port: address.Port, Encryption: mail.StartTLS, FromAddress: "a@example.com",
			Username: "ada", Password: password, Auth: "plain", TimeoutSeconds: 5,
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := driver.Ping(t.Context()); err == nil || f.count("AUTH") != 0 {
			t.Errorf("got %v", err)
		}
	})
}
