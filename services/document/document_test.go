package document_test

import (
	"context"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.uber.org/goleak"

	"gateway"
	"gateway/internal/catalog"
	"gateway/services"
	"gateway/services/document"
	"gateway/services/servicetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func (f *fakeServer) start(t testing.TB) *services.Manager {
	address := f.listener.Addr().(*net.TCPAddr)
	return servicetest.Start(t, document.Kinds(), "mongodb", t.TempDir(), map[string]any{"host": "127.0.0.1", "port": address.Port, "database": "test"})
}

func (f *fakeServer) answers(answer func(bson.D) any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answer = answer
}

// count tells how many commands of a name have arrived.
func (f *fakeServer) count(name string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, command := range f.commands {
		if command[0].Key == name {
			n++
		}
	}
	return n
}

func TestMongoConforms(t *testing.T) {
	servicetest.Documents(t, newFakeServer(t).start(t))
}

// TestMongoServerConforms runs against a real server where MONGO_URL says one.
func TestMongoServerConforms(t *testing.T) {
	uri := os.Getenv("MONGO_URL")
	if uri == "" {
		t.Skip("MONGO_URL is not set")
	}
	servicetest.Documents(t, servicetest.Start(t, document.Kinds(), "mongodb", t.TempDir(), map[string]any{"uri": uri, "database": "gateway_test"}))
}

func handle(t testing.TB, m *services.Manager, limit time.Duration) gateway.Documents {
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	t.Cleanup(cancel)
	d, err := m.View(nil).Documents(ctx, servicetest.Name)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestErrorsOfTheServer(t *testing.T) {
	refusal := func(code int, message string) func(bson.D) any {
		return func(command bson.D) any {
			if command[0].Key == "ping" {
				return nil
			}
			return bson.D{{Key: "ok", Value: 0}, {Key: "code", Value: code}, {Key: "errmsg", Value: message}}
		}
	}
	for name, c := range map[string]struct {
		answer func(bson.D) any
		code   gateway.Code
	}{
		"unauthorized": {refusal(13, "not authorized on test"), gateway.ErrDatabase},
		"bad value":    {refusal(2, "unknown operator: $no"), gateway.ErrDatabase},
		"duplicate":    {refusal(11000, "E11000 duplicate key"), gateway.ErrConflict},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFakeServer(t)
			m := f.start(t)
			f.answers(c.answer)
			_, err := handle(t, m, 10*time.Second).Find("c", nil, gateway.FindOptions{})
			if err == nil || gateway.AsError(err).Code != c.code {
				t.Errorf("got %v, want %s", err, c.code)
			}
		})
	}
}

func TestLostConnection(t *testing.T) {
	f := newFakeServer(t)
	m := f.start(t)
	var broken bool
	once := func(name string) func(bson.D) any {
		broken = false
		return func(command bson.D) any {
			if command[0].Key == name && !broken {
				broken = true
				return hangUp{}
			}
			return nil
		}
	}
	f.answers(once("find"))
	if _, err := handle(t, m, 10*time.Second).Find("c", nil, gateway.FindOptions{}); err != nil {
		t.Errorf("a read is not repeated: %v", err)
	}
	f.answers(once("insert"))
	if _, err := handle(t, m, 10*time.Second).Insert("c", gateway.Document{"n": 1}); err == nil || gateway.AsError(err).Code != gateway.ErrServiceUnavailable {
		t.Errorf("a write whose connection broke gave %v", err)
	}
	if n := f.count("insert"); n != 1 {
		t.Errorf("the insert was sent %d times", n)
	}
}

func TestServerAway(t *testing.T) {
	f := newFakeServer(t)
	m := f.start(t)
	d := handle(t, m, 10*time.Second)
	if _, err := d.Find("c", nil, gateway.FindOptions{}); err != nil {
		t.Fatal(err)
	}
	f.stop()
	if _, err := handle(t, m, 6*time.Second).Find("c", nil, gateway.FindOptions{}); err == nil || gateway.AsError(err).Code != gateway.ErrServiceUnavailable {
		t.Errorf("got %v", err)
	}
}

func TestConfigurationIsChecked(t *testing.T) {
	for name, c := range map[string]struct {
		config map[string]any
		want   string
	}{
		"bad URI":         {map[string]any{"database": "d", "uri": "mongodb://ada:s3cr3t-word@host:notaport/x"}, "uri"},
		"bad database":    {map[string]any{"database": "a/b"}, "database"},
		"two ways":        {map[string]any{"database": "d", "uri": "mongodb://h", "hosts": []any{"h:1"}}, "hosts"},
		"no user":         {map[string]any{"database": "d", "password": "s3cr3t-word"}, "username"},
		"no certificates": {map[string]any{"database": "d", "use_ssl": true, "ssl_root_cert": "no.pem"}, "ssl_root_cert"},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := services.NewManager(services.Options{Kinds: document.Kinds(), DataDir: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			result := m.Test(t.Context(), catalogService(c.config))
			if result.Err == nil || !strings.Contains(result.Err.Error(), c.want) || strings.Contains(result.Err.Error(), "s3cr3t-word") {
				t.Errorf("got %v", result.Err)
			}
		})
	}
}

func catalogService(config map[string]any) catalog.Service {
	return catalog.Service{ID: "test", Name: "test", Type: "mongodb", Config: config}
}
