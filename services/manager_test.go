package services_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gateway"
	"gateway/internal/catalog"
	"gateway/services"
	"gateway/services/secrets"
)

// world is a manager with one kind, whose drivers work on a backend.
type world struct {
	*services.Manager
	backend *backend
	log     bytes.Buffer
	env     map[string]string
	secrets map[string]string
}

func newWorld(t *testing.T, change func(*services.Options)) *world {
	t.Helper()
	w := &world{backend: &backend{}, env: make(map[string]string), secrets: make(map[string]string)}
	options := services.Options{
		Kinds: []services.Kind{testKind(w.backend)},
		Log:   slog.New(slog.NewTextHandler(&w.log, nil)),
		Resolver: services.Resolver{
			Env: func(name string) (string, bool) { v, ok := w.env[name]; return v, ok },
			Secret: func(_ context.Context, name string) (string, error) {
				if v, ok := w.secrets[name]; ok {
					return v, nil
				}
				return "", errors.New("it is not set")
			},
		},
	}
	if change != nil {
		change(&options)
	}
	m, err := services.NewManager(options)
	if err != nil {
		t.Fatal(err)
	}
	w.Manager = m
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := m.Close(ctx); err != nil {
			t.Errorf("Close: %v", err)
		}
		if n := w.backend.drivers(); n != 0 {
			t.Errorf("%d drivers are still open after Close", n)
		}
	})
	return w
}

func service(name string, config map[string]any) catalog.Service {
	if config == nil {
		config = map[string]any{"host": "localhost"}
	}
	return catalog.Service{ID: "id-" + name, Name: name, Type: "test", Config: config, Enabled: true}
}

func (w *world) apply(t *testing.T, svc catalog.Service) {
	t.Helper()
	if err := w.Apply(t.Context(), svc); err != nil {
		t.Fatalf("Apply %s: %v", svc.Name, err)
	}
}

// host asks a service through an endpoint's view for the host of its driver.
func host(t *testing.T, s gateway.Services, name string) (string, error) {
	t.Helper()
	c, err := s.Cache(t.Context(), name)
	if err != nil {
		return "", err
	}
	return echo(t.Context(), c.(handle).actor)
}

func wantHost(t *testing.T, s gateway.Services, name, want string) {
	t.Helper()
	if got, err := host(t, s, name); got != want || err != nil {
		t.Errorf("service %q is %q, %v; want %q", name, got, err, want)
	}
}

func TestView(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		w.Start(t.Context(), []catalog.Service{service("a", map[string]any{"host": "host-a"}), service("b", map[string]any{"host": "host-b"})})
		v := w.View([]catalog.Binding{{Name: "main", ServiceID: "id-a"}, {Name: "b", ServiceID: "id-a"}, {Name: "gone", ServiceID: "id-x"}})
		wantHost(t, v, "main", "host-a")
		wantHost(t, v, "b", "host-a") // the binding comes before the service's name
		wantHost(t, v, "a", "host-a") // the service's own name
		for _, name := range []string{"gone", "none"} {
			_, err := host(t, v, name)
			wantCode(t, err, gateway.ErrServiceNotFound)
		}
		_, err := v.Database(t.Context(), "a")
		wantCode(t, err, gateway.ErrServiceNotFound)
		_, err = v.Records(t.Context(), "a", "x")
		wantCode(t, err, gateway.ErrServiceNotFound)

		off := service("b", map[string]any{"host": "host-b"})
		off.Enabled = false
		w.apply(t, off)
		_, err = host(t, w.View(nil), "b")
		wantCode(t, err, gateway.ErrServiceUnavailable)
		if err := w.Remove(t.Context(), "id-b"); err != nil {
			t.Error(err)
		}
		_, err = host(t, w.View(nil), "b")
		wantCode(t, err, gateway.ErrServiceNotFound)
	})
}

func TestViewWithRequiredBindings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, func(o *services.Options) { o.RequireBindings = true })
		w.apply(t, service("a", nil))
		v := w.View([]catalog.Binding{{Name: "main", ServiceID: "id-a"}})
		wantHost(t, v, "main", "localhost")
		_, err := host(t, v, "a")
		wantCode(t, err, gateway.ErrServiceNotFound)
	})
}

func TestApplyFollowsTheService(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		svc := service("a", map[string]any{"host": "one"})
		w.apply(t, svc)
		v := w.View(nil)
		wantHost(t, v, "a", "one")

		svc.Description = "changed"
		w.apply(t, svc)
		if w.backend.opened != 1 {
			t.Errorf("%d drivers opened; a description opens none", w.backend.opened)
		}
		svc.Config = map[string]any{"host": "two"}
		w.apply(t, svc)
		wantHost(t, v, "a", "two")

		svc.Name = "b"
		w.apply(t, svc)
		wantHost(t, v, "b", "two")
		_, err := host(t, v, "a")
		wantCode(t, err, gateway.ErrServiceNotFound)

		other := service("c", nil)
		other.Name = "b"
		if err := w.Apply(t.Context(), other); catalog.CodeOf(err) != catalog.CodeAlreadyExists {
			t.Errorf("a second service of the name: %v", err)
		}

		bad := svc
		bad.Config = map[string]any{"hosts": 1}
		if err := w.Apply(t.Context(), bad); catalog.CodeOf(err) != catalog.CodeInvalid {
			t.Errorf("an invalid configuration: %v", err)
		}
		wantHost(t, v, "b", "two") // goes on

		if err := w.Deactivate(t.Context(), svc.ID); err != nil {
			t.Error(err)
		}
		_, err = host(t, v, "b")
		wantCode(t, err, gateway.ErrServiceUnavailable)
		if s, err := w.Stats(svc.ID); err != nil || s.State != services.StateInactive {
			t.Errorf("state %s, %v", s.State, err)
		}
		if err := w.Activate(t.Context(), svc, true); err != nil {
			t.Error(err)
		}
		wantHost(t, v, "b", "two")
		if _, err := w.Stats("nobody"); catalog.CodeOf(err) != catalog.CodeNotFound {
			t.Errorf("stats of an unknown service: %v", err)
		}
	})
}

func TestStartNeverFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		w.backend.openErr = errors.New("refused with hunter2x")
		began := time.Now()
		w.Start(t.Context(), []catalog.Service{
			service("away", map[string]any{"host": "h", "password": "hunter2x"}),
			service("broken", map[string]any{"host": "${env:NOWHERE}"}),
		})
		if took := time.Since(began); took != 0 {
			t.Errorf("Start took %v", took)
		}
		synctest.Wait()
		for id, want := range map[string]services.State{"id-away": services.StateConnecting, "id-broken": services.StateFailed} {
			if s, err := w.Stats(id); err != nil || s.State != want {
				t.Errorf("%s: state %s, %v; want %s", id, s.State, err, want)
			}
		}
		_, err := host(t, w.View(nil), "broken")
		wantCode(t, err, gateway.ErrServiceUnavailable)
		if log := w.log.String(); strings.Contains(log, "hunter2x") || !strings.Contains(log, "NOWHERE") {
			t.Errorf("log:\n%s", log)
		}
	})
}

func TestReferences(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		w.env["HOST"], w.env["PORT"], w.env["TLS"] = "db1", "77", "true"
		w.secrets["PASS"] = "hunter2x"
		svc := service("a", map[string]any{
			"host": "${env:HOST}.example", "port": "${env:PORT}", "use_tls": "${env:TLS}", "password": "${secret:PASS}",
			"hosts": []any{"${env:HOST}", "x"},
		})
		if err := w.Check(svc); err != nil {
			t.Errorf("Check: %v", err)
		}
		w.apply(t, svc)
		c, err := w.View(nil).Cache(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		config, err := services.Call(t.Context(), c.(handle).actor, services.Read("config"), func(_ context.Context, d *driver) (kindConfig, error) {
			return d.config, nil
		})
		if err != nil || config.Host != "db1.example" || config.Port != 77 || !config.TLS || config.Password != "hunter2x" || fmt.Sprint(config.Hosts) != "[db1 x]" {
			t.Errorf("config %+v, %v", config, err)
		}
		_, err = services.Call(t.Context(), c.(handle).actor, services.Read("x"), func(context.Context, *driver) (int, error) {
			return 0, errors.New("login as hunter2x failed")
		})
		if strings.Contains(err.Error(), "hunter2x") {
			t.Errorf("the secret is in %q", err)
		}

		w.env["TOKEN"] = "env-t0ken"
		w.apply(t, service("c", map[string]any{"host": "h", "labels": map[string]any{"auth": "Bearer ${env:TOKEN}"}}))
		c, err = w.View(nil).Cache(t.Context(), "c")
		if err != nil {
			t.Fatal(err)
		}
		_, err = services.Call(t.Context(), c.(handle).actor, services.Read("x"), func(_ context.Context, d *driver) (int, error) {
			return 0, errors.New("refused: " + d.config.Labels["auth"])
		})
		if err == nil || strings.Contains(err.Error(), "env-t0ken") {
			t.Errorf("a value of the environment is in %q", err)
		}

		w.env["HOST"] = "db2"
		if err := w.Refresh(t.Context()); err != nil {
			t.Error(err)
		}
		wantHost(t, w.View(nil), "a", "db2.example")

		for _, config := range []map[string]any{
			{"host": "${env:NONE}"}, {"host": "h", "password": "${secret:NONE}"}, {"host": "h", "port": "${env:HOST}"}, {"host": "h", "password": "${sealed:x:y}"},
		} {
			err := w.Apply(t.Context(), service("b", config))
			if catalog.CodeOf(err) != catalog.CodeInvalid || strings.Contains(err.Error(), "hunter2x") {
				t.Errorf("%v: %v", config, err)
			}
		}
	})
}

func TestCheckNamesTheField(t *testing.T) {
	w := newWorld(t, nil)
	for _, tt := range []struct {
		config map[string]any
		field  string
		want   string // part of the message
	}{
		{map[string]any{"host": "h", "port": 1.0, "password": nil, "mode": "slow", "rate": 2, "labels": map[string]any{"a": "b"}}, "", ""},
		{map[string]any{"host": "h", "port": json.Number("8")}, "", ""},
		{map[string]any{}, "config.host", "required"},
		{map[string]any{"host": ""}, "config.host", "required"},
		{map[string]any{"host": 1}, "config.host", "want a text, not 1"},
		{map[string]any{"hots": "x", "host": "h"}, "config.hots", `did you mean "hosts"?`},
		{map[string]any{"host": "h", "Port": 1}, "config.Port", `did you mean "port"?`},
		{map[string]any{"host": "h", "colour": "x"}, "config.colour", "known are host, port,"},
		{map[string]any{"host": "h", "port": "80"}, "config.port", `want a whole number, not "80"`},
		{map[string]any{"host": "h", "port": 80.5}, "config.port", "want a whole number, not 80.5"},
		{map[string]any{"host": "h", "port": 0}, "config.port", "want a number from 1 to 65535, not 0"},
		{map[string]any{"host": "h", "port": 70000}, "config.port", "want a number from 1 to 65535"},
		{map[string]any{"host": "h", "mode": "medium"}, "config.mode", "want one of fast, slow"},
		{map[string]any{"host": "h", "use_tls": "yes"}, "config.use_tls", "want true or false"},
		{map[string]any{"host": "h", "hosts": "x"}, "config.hosts", "want a list of texts"},
		{map[string]any{"host": "h", "hosts": []any{1}}, "config.hosts", "want a list of texts"},
		{map[string]any{"host": "h", "labels": []any{}}, "config.labels", "want a map of texts"},
		{map[string]any{"host": "h", "rate": "fast"}, "config.rate", "want a number"},
		{map[string]any{"host": "h", "password": 4711}, "config.password", "want a text"},
		{map[string]any{"host": "h", "password": "********"}, "config.password", "there is none"},
		{map[string]any{"host": "h", "workers": -1}, "config.workers", "from 0 to 10000"},
	} {
		err := w.Check(service("a", tt.config))
		var e *catalog.Error
		errors.As(err, &e)
		switch {
		case tt.field == "" && err != nil:
			t.Errorf("%v: %v", tt.config, err)
		case tt.field != "" && (e == nil || e.Field != tt.field || !strings.Contains(e.Message, tt.want)):
			t.Errorf("%v: error %v, want %q of field %q", tt.config, err, tt.want, tt.field)
		case err != nil && strings.Contains(err.Error(), "4711"):
			t.Errorf("a secret is in %q", err)
		}
	}
	svc := service("a", nil)
	svc.Type = "postgress"
	if err := w.Check(svc); catalog.CodeOf(err) != catalog.CodeInvalid || !strings.Contains(err.Error(), "known are test") {
		t.Errorf("unknown type: %v", err)
	}
	if err := w.Check(catalog.Service{Name: " ", Type: "test"}); catalog.CodeOf(err) != catalog.CodeInvalid {
		t.Errorf("no name: %v", err)
	}
}

func TestMaskAndMerge(t *testing.T) {
	w := newWorld(t, nil)
	svc := service("a", map[string]any{"host": "h", "password": "hunter2x"})
	shown := w.Mask(svc)
	if shown.Config["password"] != "********" || shown.Config["host"] != "h" || svc.Config["password"] != "hunter2x" {
		t.Errorf("shown %v, kept %v", shown.Config, svc.Config)
	}
	for value, want := range map[any]any{
		"${secret:X}": "${secret:X}", "${env:X}": "${env:X}", "a${env:X}": "********", "${sealed:a:b}": "********", "": "", nil: nil,
	} {
		if got := w.Mask(service("a", map[string]any{"password": value})).Config["password"]; got != want {
			t.Errorf("%v is shown as %v, want %v", value, got, want)
		}
	}
	unknown := catalog.Service{Type: "unknown", Config: map[string]any{"api_key": "hunter2x", "host": "h"}}
	if got := w.Mask(unknown).Config; got["api_key"] != "********" || got["host"] != "h" {
		t.Errorf("unknown type: %v", got)
	}

	for _, tt := range []struct {
		update map[string]any
		want   any
	}{
		{map[string]any{"host": "new"}, "hunter2x"},
		{map[string]any{"password": "********"}, "hunter2x"},
		{map[string]any{"password": "other"}, "other"},
		{map[string]any{"password": ""}, ""},
		{map[string]any{"password": nil}, nil},
		{nil, "hunter2x"},
	} {
		got := w.Merge("test", svc.Config, tt.update)
		if got["password"] != tt.want || tt.update["host"] != got["host"] {
			t.Errorf("update %v gives %v, want the password %v", tt.update, got, tt.want)
		}
	}
}

func TestSeal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		keys, err := secrets.Open(filepath.Join(t.TempDir(), "key"))
		if err != nil {
			t.Fatal(err)
		}
		w := newWorld(t, func(o *services.Options) { o.Resolver.Sealer = keys })
		svc := service("a", map[string]any{"host": "h", "password": "hunter2x"})
		sealed, err := w.Seal(svc)
		if err != nil {
			t.Fatal(err)
		}
		if text := fmt.Sprint(sealed.Config); strings.Contains(text, "hunter2x") || !strings.Contains(text, "${sealed:") {
			t.Errorf("sealed %s", text)
		}
		if again, err := w.Seal(sealed); err != nil || again.Config["password"] != sealed.Config["password"] {
			t.Errorf("sealed twice: %v, %v", again.Config, err)
		}
		plain, err := w.Unseal(sealed)
		if err != nil || !maps.Equal(plain.Config, svc.Config) {
			t.Errorf("unsealed %v, %v", plain.Config, err)
		}
		w.apply(t, sealed)
		c, err := w.View(nil).Cache(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		password, err := services.Call(t.Context(), c.(handle).actor, services.Read("x"), func(_ context.Context, d *driver) (string, error) {
			return d.config.Password, nil
		})
		if password != "hunter2x" || err != nil {
			t.Errorf("the driver has %q, %v", password, err)
		}

		w.env["REST"] = "of-it"
		mixed, err := w.Seal(service("mixed", map[string]any{"host": "h", "password": "hunter2x-${env:REST}"}))
		if err != nil || strings.Contains(fmt.Sprint(mixed.Config), "hunter2x") {
			t.Errorf("what stands beside a reference is kept as it is: %v, %v", mixed.Config, err)
		}
		if plain, err := w.Unseal(mixed); err != nil || plain.Config["password"] != "hunter2x-${env:REST}" {
			t.Errorf("unsealed %v, %v", plain.Config, err)
		}
		w.apply(t, mixed)
		if c, err = w.View(nil).Cache(t.Context(), "mixed"); err != nil {
			t.Fatal(err)
		}
		password, err = services.Call(t.Context(), c.(handle).actor, services.Read("x"), func(_ context.Context, d *driver) (string, error) {
			return d.config.Password, nil
		})
		if password != "hunter2x-of-it" || err != nil {
			t.Errorf("the driver has %q, %v", password, err)
		}

		moved := service("b", sealed.Config)
		if err := w.Apply(t.Context(), moved); catalog.CodeOf(err) != catalog.CodeInvalid {
			t.Errorf("a sealed value works in another service: %v", err)
		}
		swapped := service("a", map[string]any{"host": sealed.Config["password"]})
		if _, err := w.Unseal(swapped); err == nil {
			t.Error("a sealed value works in another field")
		}
	})
}

func TestTestConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		svc := service("a", map[string]any{"host": "h", "password": "hunter2x"})
		if r := w.Test(t.Context(), svc); !r.Connected || r.Err != nil {
			t.Errorf("result %+v", r)
		}
		w.backend.set(func(b *backend) { b.down = errors.New("hunter2x is not the password") })
		r := w.Test(t.Context(), svc)
		if r.Connected || r.Err == nil || r.Err.Error() != "******** is not the password" {
			t.Errorf("result %+v", r)
		}
		if n := w.backend.drivers(); n != 0 {
			t.Errorf("%d drivers open", n)
		}
		if r := w.Test(t.Context(), service("a", map[string]any{})); catalog.CodeOf(r.Err) != catalog.CodeInvalid {
			t.Errorf("result %+v", r)
		}
	})
}

func TestRenderAndParse(t *testing.T) {
	svc := catalog.Service{Name: "main-db", Type: "test", Description: "it's \"main\"", Config: map[string]any{
		"host": "h", "port": 5432.0, "rate": 0.5, "use_tls": true, "password": "${secret:PASS}", "hosts": []any{"a", "b"}, "mode": nil,
	}}
	for _, format := range []string{"json", "yaml", "toml"} {
		data, err := services.Render(svc, format)
		if err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		got, err := services.Parse("main-db."+format, data)
		if err != nil {
			t.Errorf("%s: %v in\n%s", format, err, data)
			continue
		}
		if got.Name != svc.Name || got.Type != svc.Type || got.Description != svc.Description || got.Enabled || !catalog.ValidID(got.ID) {
			t.Errorf("%s: %+v", format, got)
		}
		w := newWorld(t, nil)
		if err := w.Check(got); err != nil {
			t.Errorf("%s: %v", format, err)
		}
		for field, want := range map[string]string{"port": "5432", "rate": "0.5", "use_tls": "true", "hosts": "[a b]", "password": "${secret:PASS}", "mode": "<nil>"} {
			if text := fmt.Sprint(got.Config[field]); text != want {
				t.Errorf("%s: %s = %s, want %s", format, field, text, want)
			}
		}
	}
	if _, err := services.Render(svc, "xml"); catalog.CodeOf(err) != catalog.CodeInvalid {
		t.Errorf("unknown format: %v", err)
	}
	for name, text := range map[string]string{
		"a.toml": "service_type = 'test'\ncolour = 1", "b.toml": "service_type = ", "c.json": `{"service_type":"test","x":1}`,
		"d.yaml": "service_type: test\nx: 1\n", "e.json": `{"name":"f","service_type":"test"}`, "f.json": `{}`, "g.xml": "",
	} {
		if _, err := services.Parse(name, []byte(text)); err == nil {
			t.Errorf("%s was accepted: %s", name, text)
		}
	}
}

func TestFolder(t *testing.T) {
	w := newWorld(t, nil)
	dir := filepath.Join(t.TempDir(), "services.d")
	f := services.NewFolder(dir, w.Manager)
	load := func(want string) {
		t.Helper()
		err := f.Load(t.Context())
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("Load: %v, want %q", err, want)
		}
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	load("") // no folder, no services
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	write("a.toml", "service_type = 'test'\n[config]\nhost = 'one'\n")
	write("b.json", `{"service_type": "test", "config": {"host": "b"}}`)
	write("c.yaml", "service_type: test\nconfig:\n  hots: x\n")
	write(".d.toml.swp", "garbage")
	write("README.md", "garbage")
	load("c.yaml")
	v := w.View(nil)
	wantHost(t, v, "a", "one")
	wantHost(t, v, "b", "b")

	write("c.yaml", "service_type: test\nconfig:\n  host: c\n")
	write("a.toml", "service_type = 'test'\n[config]\nhost = 'two'\n")
	load("")
	wantHost(t, v, "a", "two")
	wantHost(t, v, "c", "c")

	write("a.toml", "service_type = ")
	load("a.toml")
	wantHost(t, v, "a", "two") // goes on

	write("c.json", `{"service_type": "test", "config": {"host": "other"}}`)
	load("c.yaml configures this service already")
	wantHost(t, v, "c", "c")

	if err := os.Remove(filepath.Join(dir, "b.json")); err != nil {
		t.Fatal(err)
	}
	load("")
	_, err := host(t, v, "b")
	wantCode(t, err, gateway.ErrServiceNotFound)
}

func TestFolderIsWatched(t *testing.T) {
	w := newWorld(t, nil)
	dir := filepath.Join(t.TempDir(), "services.d")
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- services.NewFolder(dir, w.Manager).Watch(ctx) }()
	defer func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("Watch: %v", err)
		}
	}()
	deadline := time.Now().Add(10 * time.Second)
	until := func(what string, done func() bool) {
		t.Helper()
		for !done() {
			if time.Now().After(deadline) {
				t.Fatal(what + " did not happen")
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	until("the folder", func() bool { _, err := os.Stat(dir); return err == nil })
	path := filepath.Join(dir, "a.toml")
	for _, name := range []string{"one", "two"} {
		text := fmt.Sprintf("service_type = 'test'\n[config]\nhost = '%s'\n", name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		until(name, func() bool { got, _ := host(t, w.View(nil), "a"); return got == name })
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	until("the removal", func() bool {
		_, err := host(t, w.View(nil), "a")
		return errors.Is(err, gateway.ErrServiceNotFound)
	})
}

func TestKindsAsJSON(t *testing.T) {
	w := newWorld(t, nil)
	data, err := json.Marshal(w.Kinds())
	if err != nil {
		t.Fatal(err)
	}
	var kinds []struct {
		Type   string `json:"service_type"`
		Fields []services.Field
	}
	if err := json.Unmarshal(data, &kinds); err != nil {
		t.Fatal(err)
	}
	if len(kinds) != 1 || kinds[0].Type != "test" || len(kinds[0].Fields) != 10 {
		t.Fatalf("kinds %s", data)
	}
	if f := kinds[0].Fields[0]; f.Name != "host" || !f.Required || f.Doc != "server name" {
		t.Errorf("field %+v", f)
	}
	if f := kinds[0].Fields[2]; f.Name != "password" || !f.Secret || f.Default != nil {
		t.Errorf("field %+v", f)
	}
}
