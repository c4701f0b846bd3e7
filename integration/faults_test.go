//go:build integration

package integration

import (
	"context"
	"io"
	"net"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gateway"
	"gateway/services"
	"gateway/services/files"
	"gateway/services/mail"
	"gateway/services/object"
	"gateway/services/servicetest"
)

// link is a TCP connection between a service and its server that can be cut. While
// it is down, connecting to it is refused.
type link struct {
	t       *testing.T
	target  string
	address string
	serving sync.WaitGroup

	mu       sync.Mutex // guards what follows
	listener net.Listener
	conns    map[net.Conn]struct{}
}

func newLink(t *testing.T, target string) *link {
	l := &link{t: t, target: target, address: "127.0.0.1:0", conns: map[net.Conn]struct{}{}}
	l.up()
	t.Cleanup(l.down)
	return l
}

func (l *link) port() int { return l.listener.Addr().(*net.TCPAddr).Port }

func (l *link) up() {
	listener, err := net.Listen("tcp", l.address)
	if err != nil {
		l.t.Fatal(err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.listener, l.address = listener, listener.Addr().String()
	l.serving.Go(func() { l.accept(listener) })
}

func (l *link) down() {
	l.mu.Lock()
	l.listener.Close()
	l.mu.Unlock()
	l.cut()
	l.serving.Wait()
}

// cut breaks the connections that there are.
func (l *link) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for conn := range l.conns {
		conn.Close()
	}
}

func (l *link) open() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.conns) / 2 // one to each side
}

func (l *link) accept(listener net.Listener) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", l.target)
		if err != nil {
			client.Close()
			continue
		}
		l.mu.Lock()
		l.conns[client], l.conns[server] = struct{}{}, struct{}{}
		l.mu.Unlock()
		l.serving.Go(func() { l.copy(client, server) })
		l.serving.Go(func() { l.copy(server, client) })
	}
}

func (l *link) copy(to, from net.Conn) {
	_, _ = io.Copy(to, from)
	to.Close()
	from.Close()
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.conns, to)
	delete(l.conns, from)
}

// faulty is a kind of service with a link to its server, and an operation that
// shows whether it works.
type faulty struct {
	kinds  []services.Kind
	typ    string
	target string
	config func(port int) map[string]any
	use    func(ctx context.Context, s gateway.Services, data []byte) error
	limit  int // connections at most
}

func faultyServices(t *testing.T) map[string]faulty {
	useFiles := func(ctx context.Context, s gateway.Services, data []byte) error {
		f, err := s.Files(ctx, servicetest.Name)
		if err != nil {
			return err
		}
		if err := f.Put("faults/file", data); err != nil {
			return err
		}
		_, err = f.Get("faults/file")
		return err
	}
	all := map[string]faulty{
		"minio": {
			object.Kinds(), "minio", server(t, "S3_ENDPOINT"),
			func(port int) map[string]any {
				return with(with(s3Config(t), "endpoint", net.JoinHostPort("127.0.0.1", strconv.Itoa(port))), "pool_size", 4)
			},
			func(ctx context.Context, s gateway.Services, data []byte) error {
				storage, err := s.Storage(ctx, servicetest.Name)
				if err != nil {
					return err
				}
				if err := storage.Put("faults/object", data); err != nil {
					return err
				}
				_, err = storage.Get("faults/object")
				return err
			}, 8,
		},
		"email": {
			mail.Kinds(), "email", net.JoinHostPort("127.0.0.1", server(t, "SMTP_PORT")),
			func(port int) map[string]any { return with(smtpConfigs(t)["starttls"], "port", port) },
			func(ctx context.Context, s gateway.Services, data []byte) error {
				email, err := s.Email(ctx, servicetest.Name)
				if err != nil {
					return err
				}
				return email.Send("ada@example.com", "faults", string(data[:10]))
			}, 8,
		},
	}
	for name, port := range map[string]string{"ftp": "FTP_PORT", "ftps": "FTP_PORT", "sftp password": "SFTP_PORT"} {
		config := ftpConfigs(t)[name]
		all[name] = faulty{
			files.Kinds(), "ftp", net.JoinHostPort("127.0.0.1", server(t, port)),
			func(port int) map[string]any { return with(config, "port", port) }, useFiles, 8,
		}
	}
	return all
}

// TestServerAwayUnderLoad takes the server away from services that are in use. The
// requests meanwhile fail in time and say that the service is not available, other
// services go on, and everything works again when the server is back.
func TestServerAwayUnderLoad(t *testing.T) {
	for name, f := range faultyServices(t) {
		t.Run(name, func(t *testing.T) {
			link := newLink(t, f.target)
			m := servicetest.Start(t, f.kinds, f.typ, t.TempDir(), f.config(link.port()))
			other := servicetest.Start(t, object.Kinds(), "local", t.TempDir(), nil)
			before := runtime.NumGoroutine()
			load := startLoad(t, m, f.use)
			defer load.stop()

			load.await(t, "work", &load.worked, 5)
			link.down()
			load.await(t, "fail", &load.failed, 20)
			worked := load.worked.Load()
			storage, err := other.View(nil).Storage(t.Context(), servicetest.Name)
			if err != nil {
				t.Fatal(err)
			}
			if err := storage.Put("a", []byte("x")); err != nil {
				t.Errorf("another service: %v", err)
			}
			if late := load.worked.Load(); late != worked {
				t.Errorf("%d operations worked without a server", late-worked)
			}
			link.up()
			load.await(t, "work again", &load.worked, 10)
			load.stop()
			if n := link.open(); n > f.limit {
				t.Errorf("%d connections are open, at most %d are wanted", n, f.limit)
			}
			if late := load.late.Load(); late > 0 {
				t.Errorf("%d operations ended after their deadline", late)
			}
			if wrong := load.wrong.Load(); wrong != nil {
				t.Errorf("an operation failed with %v", *wrong)
			}
			if after := runtime.NumGoroutine(); after > before+40 {
				t.Errorf("%d goroutines before, %d after", before, after)
			}
		})
	}
}

// TestConnectionsCutUnderLoad breaks connections again and again while the server
// stays: most operations work, and none fails with anything else than that the
// service was not available.
func TestConnectionsCutUnderLoad(t *testing.T) {
	for name, f := range faultyServices(t) {
		t.Run(name, func(t *testing.T) {
			link := newLink(t, f.target)
			m := servicetest.Start(t, f.kinds, f.typ, t.TempDir(), f.config(link.port()))
			load := startLoad(t, m, f.use)
			defer load.stop()
			for range 10 {
				load.await(t, "work", &load.worked, 3)
				link.cut()
			}
			load.await(t, "work", &load.worked, 10)
			load.stop()
			if wrong := load.wrong.Load(); wrong != nil {
				t.Errorf("an operation failed with %v", *wrong)
			}
			t.Logf("%d worked, %d failed", load.worked.Load(), load.failed.Load())
		})
	}
}

// load uses a service all the time, from several goroutines.
type load struct {
	end     context.CancelFunc
	workers sync.WaitGroup

	worked, failed, late atomic.Int64
	wrong                atomic.Pointer[error] // a failure that is none of the expected
}

// patience is the deadline of an operation under load.
const patience = 3 * time.Second

func startLoad(t *testing.T, m *services.Manager, use func(context.Context, gateway.Services, []byte) error) *load {
	ctx, end := context.WithCancel(t.Context())
	l := &load{end: end}
	data := []byte(strings.Repeat("0123456789", 1000))
	for range 4 {
		l.workers.Go(func() {
			for ctx.Err() == nil {
				l.one(ctx, m, data, use)
			}
		})
	}
	return l
}

func (l *load) one(ctx context.Context, m *services.Manager, data []byte, use func(context.Context, gateway.Services, []byte) error) {
	request, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	began := time.Now()
	err := use(request, m.View(nil), data)
	if time.Since(began) > patience+500*time.Millisecond {
		l.late.Add(1)
	}
	switch {
	case ctx.Err() != nil:
	case err == nil:
		l.worked.Add(1)
	default:
		l.failed.Add(1)
		if code := gateway.AsError(err).Code; code != gateway.ErrServiceUnavailable && code != gateway.ErrTimeout {
			l.wrong.Store(&err)
		}
	}
}

// await waits until a counter has grown by n.
func (l *load) await(t *testing.T, what string, counter *atomic.Int64, n int64) {
	t.Helper()
	from := counter.Load()
	deadline := time.After(30 * time.Second)
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for counter.Load() < from+n {
		select {
		case <-ticker.C:
		case <-deadline:
			t.Fatalf("operations do not %s: %d have worked, %d failed", what, l.worked.Load(), l.failed.Load())
		}
	}
}

func (l *load) stop() {
	l.end()
	l.workers.Wait()
}

// TestWrongCredentials gives every kind a wrong password, and the wrong
// authorities where there is TLS.
func TestWrongCredentials(t *testing.T) {
	const wrong = "wr0ng-credential"
	for name, c := range map[string]struct {
		kinds  []services.Kind
		typ    string
		config map[string]any
	}{
		"minio secret":      {object.Kinds(), "minio", with(s3Config(t), "secret_key", wrong)},
		"minio key":         {object.Kinds(), "minio", with(s3Config(t), "access_key", wrong)},
		"ftp":               {files.Kinds(), "ftp", with(ftpConfigs(t)["ftp"], "password", wrong)},
		"ftps":              {files.Kinds(), "ftp", with(ftpConfigs(t)["ftps"], "password", wrong)},
		"ftps authorities":  {files.Kinds(), "ftp", with(ftpConfigs(t)["ftps"], "ssl_root_cert", server(t, "TLS_OTHER_CA"))},
		"ftps system's":     {files.Kinds(), "ftp", with(ftpConfigs(t)["ftps-implicit"], "ssl_root_cert", "")},
		"sftp":              {files.Kinds(), "ftp", with(ftpConfigs(t)["sftp password"], "password", wrong)},
		"sftp host key":     {files.Kinds(), "ftp", with(ftpConfigs(t)["sftp key"], "host_key", "SHA256:"+strings.Repeat("A", 43))},
		"sftp no host key":  {files.Kinds(), "ftp", with(ftpConfigs(t)["sftp key"], "host_key", "")},
		"email":             {mail.Kinds(), "email", with(smtpConfigs(t)["tls and login"], "password", wrong)},
		"email authorities": {mail.Kinds(), "email", with(smtpConfigs(t)["tls and login"], "ssl_root_cert", server(t, "TLS_OTHER_CA"))},
	} {
		t.Run(name, func(t *testing.T) {
			err := testConnection(t, c.kinds, c.typ, c.config)
			if err == nil {
				t.Fatal("no error")
			}
			t.Log(err)
			for _, secret := range []string{wrong, server(t, "FTP_PASSWORD"), server(t, "S3_SECRET_KEY")} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("%q is in the error %v", secret, err)
				}
			}
		})
	}
}
