//go:build integration

package integration

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"runtime"
	"runtime/pprof"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gateway"
	"gateway/internal/catalog"
	"gateway/services"
	"gateway/services/cache"
	"gateway/services/servicetest"
	"gateway/services/sql"
)

// remote is a kind of database or cache on a real server.
type remote struct {
	kinds  []services.Kind
	typ    string
	server string // for services.sh
	config map[string]any
	port   int
}

func remotes(t testing.TB) map[string]remote {
	c := memcached(t)
	return map[string]remote{
		"postgres":  {sql.Kinds(), "postgres", "postgres", postgres(t), number(t, "POSTGRES_PORT")},
		"mysql":     {sql.Kinds(), "mysql", "mariadb", mysql(t), number(t, "MYSQL_PORT")},
		"redis":     {cache.Kinds(), "redis", "redis", redis(t), number(t, "REDIS_PORT")},
		"memcached": {cache.Kinds(), "memcached", "memcached", c, c["port"].(int)},
	}
}

func (r remote) isDatabase() bool { return r.kinds[0].Capability == services.Database }

// counter is something that a service counts in the server.
type counter struct {
	remote
	m    *services.Manager
	name string
}

// newCounter makes a counter at zero.
func newCounter(t testing.TB, r remote, m *services.Manager) *counter {
	t.Helper()
	c := &counter{r, m, "counter_" + strings.ReplaceAll(catalog.NewID(), "-", "")}
	if r.isDatabase() {
		db := c.database(t.Context())
		if _, err := db.Execute("CREATE TABLE " + c.name + " (n INTEGER)"); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Execute("INSERT INTO " + c.name + " VALUES (0)"); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
			defer cancel()
			if _, err := c.database(ctx).Execute("DROP TABLE " + c.name); err != nil {
				t.Errorf("drop: %v", err)
			}
		})
	}
	return c
}

// database gives a handle. That one is not there shows at its use.
func (c *counter) database(ctx context.Context) gateway.Database {
	return gateway.NewContext(ctx, &gateway.Environment{Services: c.m.View(nil)}, "").Database(servicetest.Name)
}

func (c *counter) cache(ctx context.Context) gateway.Cache {
	return gateway.NewContext(ctx, &gateway.Environment{Services: c.m.View(nil)}, "").Cache(servicetest.Name)
}

// add counts one, and read only looks.
func (c *counter) add(ctx context.Context) error {
	if c.isDatabase() {
		_, err := c.database(ctx).Execute("UPDATE " + c.name + " SET n = n + 1")
		return err
	}
	_, err := c.cache(ctx).Incr(c.name)
	return err
}

func (c *counter) read(ctx context.Context) (int64, error) {
	if c.isDatabase() {
		row, err := c.database(ctx).QueryOne("SELECT n FROM " + c.name)
		if err != nil {
			return 0, err
		}
		return row.Int("n")
	}
	text, _, err := c.cache(ctx).Get(c.name)
	if err != nil {
		return 0, err
	}
	n, _ := strconv.ParseInt(text, 10, 64)
	return n, nil
}

// traffic uses a counter from several goroutines and keeps the score.
type traffic struct {
	end     context.CancelFunc
	callers sync.WaitGroup

	added, uncertain, refused atomic.Int64 // adds that worked; that may have; that did not
	readOK, readFailed        atomic.Int64
	late                      atomic.Int64           // answers after the deadline
	strange                   atomic.Pointer[string] // an error of another code
}

// requestTime is the deadline of one request.
const requestTime = 3 * time.Second

func startTraffic(t testing.TB, c *counter) *traffic {
	ctx, end := context.WithCancel(t.Context())
	tr := &traffic{end: end}
	for range 6 {
		tr.callers.Go(func() {
			for ctx.Err() == nil {
				tr.request(ctx, func(ctx context.Context) error { _, err := c.read(ctx); return err }, &tr.readOK, &tr.readFailed, &tr.readFailed)
				tr.request(ctx, c.add, &tr.added, &tr.uncertain, &tr.refused)
			}
		})
	}
	return tr
}

func (tr *traffic) request(ctx context.Context, do func(context.Context) error, worked, uncertain, refused *atomic.Int64) {
	if ctx.Err() != nil {
		return
	}
	request, cancel := context.WithTimeout(ctx, requestTime)
	defer cancel()
	err := do(request)
	if request.Err() != nil && ctx.Err() == nil {
		tr.late.Add(1)
	}
	e := gateway.AsError(err)
	switch {
	case err == nil:
		worked.Add(1)
	case ctx.Err() != nil, errors.Is(err, gateway.ErrTimeout), strings.Contains(err.Error(), "may or may not"):
		uncertain.Add(1)
	case errors.Is(err, gateway.ErrServiceUnavailable) && e.Status == 503:
		refused.Add(1)
	default:
		text := err.Error()
		tr.strange.Store(&text)
		uncertain.Add(1)
	}
}

func (tr *traffic) stop() {
	tr.end()
	tr.callers.Wait()
}

// grown waits until a number has grown by n.
func grown(t testing.TB, what string, counter *atomic.Int64, n int64) {
	t.Helper()
	from, end := counter.Load(), time.Now().Add(60*time.Second)
	for counter.Load() < from+n {
		if time.Now().After(end) {
			t.Fatalf("%s: only %d more in a minute, want %d", what, counter.Load()-from, n)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// check wants every answer in time and of an expected kind.
func (tr *traffic) check(t *testing.T) {
	t.Helper()
	if late := tr.late.Load(); late > 0 {
		t.Errorf("%d answers came after the deadline of their request", late)
	}
	if s := tr.strange.Load(); s != nil {
		t.Errorf("strange error: %s", *s)
	}
	t.Logf("added %d, uncertain %d, refused %d; read %d, failed %d",
		tr.added.Load(), tr.uncertain.Load(), tr.refused.Load(), tr.readOK.Load(), tr.readFailed.Load())
}

// compare holds the score against what the server counted: nothing lost, nothing
// counted twice.
func (tr *traffic) compare(t *testing.T, c *counter) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	n, err := c.read(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if added, uncertain := tr.added.Load(), tr.uncertain.Load(); n < added || n > added+uncertain {
		t.Errorf("the server counted %d; %d adds worked and %d may have", n, added, uncertain)
	}
}

// TestServerStoppedUnderLoad stops the real server and starts it again. Meanwhile
// requests are refused in time and another service is as quick as ever; afterwards
// everything works without anybody's help, and nothing is left behind.
func TestServerStoppedUnderLoad(t *testing.T) {
	for name, r := range remotes(t) {
		t.Run(name, func(t *testing.T) {
			t.Cleanup(func() { script(t, "start", r.server) })
			m := servicetest.Start(t, r.kinds, r.typ, t.TempDir(), r.config)
			forgets := !r.isDatabase() // the server keeps nothing on disk
			c := newCounter(t, r, m)
			goroutines := runtime.NumGoroutine()
			bystander := bystand(t)
			tr := startTraffic(t, c)
			grown(t, "adds", &tr.added, 50)

			script(t, "stop", r.server)
			grown(t, "refused", &tr.refused, 100)
			grown(t, "bystander", &bystander.added, 100)
			added := tr.added.Load()
			script(t, "start", r.server)
			grown(t, "adds after the outage", &tr.added, 50)
			grown(t, "reads after the outage", &tr.readOK, 50)
			if added == 0 {
				t.Error("nothing was added before the outage")
			}
			bystander.stop()
			if n := bystander.refused.Load() + bystander.uncertain.Load() + bystander.readFailed.Load(); n > 6 { // one of each caller's at its end
				t.Errorf("%d operations of another service failed", n)
			}
			tr.stop()
			tr.check(t)
			if !forgets {
				tr.compare(t, c)
			}
			wantConnections(t, r, m)
			end := time.Now().Add(10 * time.Second)
			for statsOf(t, m).InFlight != 0 && time.Now().Before(end) {
				time.Sleep(10 * time.Millisecond) // what the end of the traffic cancelled
			}
			// The bystander still has its workers and connections.
			for runtime.NumGoroutine() > goroutines+20 {
				if time.Now().After(end) {
					var dump strings.Builder
					_ = pprof.Lookup("goroutine").WriteTo(&dump, 1)
					t.Fatalf("%d goroutines before the outage, %d after:\n%s", goroutines, runtime.NumGoroutine(), dump.String())
				}
				time.Sleep(10 * time.Millisecond)
			}
			if s := statsOf(t, m); s.Reconnects == 0 || s.State != services.StateActive || s.InFlight != 0 || s.Queued != 0 {
				t.Errorf("stats %+v", s)
			}
		})
	}
}

// bystand has traffic on a service of its own.
func bystand(t testing.TB) *traffic {
	r := remote{sql.Kinds(), "sqlite", "", map[string]any{"path": "bystander.db"}, 0}
	m := servicetest.Start(t, r.kinds, r.typ, t.TempDir(), r.config)
	return startTraffic(t, newCounter(t, r, m))
}

func statsOf(t testing.TB, m *services.Manager) services.Stats {
	t.Helper()
	s, err := m.Stats(m.Services()[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// wantConnections wants no more connections of the gateway than its pool may have,
// by the word of the server.
func wantConnections(t testing.TB, r remote, m *services.Manager) {
	t.Helper()
	ctx := gateway.NewContext(t.Context(), &gateway.Environment{Services: m.View(nil)}, "")
	var n int64
	switch r.typ {
	case "postgres":
		row, err := ctx.Database(servicetest.Name).QueryOne("SELECT COUNT(*) AS n FROM pg_stat_activity WHERE application_name = 'gateway'")
		if err != nil {
			t.Fatal(err)
		}
		n, _ = row.Int("n")
	case "mysql":
		rows, err := ctx.Database(servicetest.Name).Query("SHOW PROCESSLIST")
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if user, _ := row.Text("User"); user == r.config["username"] {
				n++
			}
		}
	case "redis":
		info, err := ctx.Cache(servicetest.Name).Redis().Do("INFO", "clients")
		if err != nil {
			t.Fatal(err)
		}
		_, after, _ := strings.Cut(info.(string), "connected_clients:")
		if n, err = strconv.ParseInt(strings.TrimSpace(strings.SplitN(after, "\n", 2)[0]), 10, 64); err != nil {
			t.Fatal(err)
		}
	default:
		return
	}
	// Others may be testing beside this one: twice the pool leaves them room.
	if size := int64(r.config["pool_size"].(int)); n > 2*size {
		t.Errorf("%d connections, but the pool has %d", n, size)
	}
}

// TestConnectionsOfBackendsCut breaks the connections again and again while the
// server stays. Reads are repeated and work nearly always; writes are never
// carried out twice.
func TestConnectionsOfBackendsCut(t *testing.T) {
	for name, r := range remotes(t) {
		t.Run(name, func(t *testing.T) {
			link := newLink(t, net.JoinHostPort("127.0.0.1", strconv.Itoa(r.port)))
			m := servicetest.Start(t, r.kinds, r.typ, t.TempDir(), with(r.config, "port", link.port()))
			c := newCounter(t, r, m)
			tr := startTraffic(t, c)
			for range 20 {
				grown(t, "adds", &tr.added, 10)
				link.cut()
			}
			grown(t, "adds", &tr.added, 10)
			tr.stop()
			tr.check(t)
			tr.compare(t, c)
			if ok, failed := tr.readOK.Load(), tr.readFailed.Load(); failed > ok/10+6 {
				t.Errorf("%d reads failed and %d worked, though reads may be repeated", failed, ok)
			}
		})
	}
}

// TestSilentServer gives services a server that takes connections and says nothing.
// Requests must be answered in time all the same, with the reason.
func TestSilentServer(t *testing.T) {
	for name, r := range remotes(t) {
		t.Run(name, func(t *testing.T) {
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer listener.Close()
			m, err := services.NewManager(services.Options{Kinds: r.kinds, Timing: services.Timing{Grace: 500 * time.Millisecond}})
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
				defer cancel()
				if err := m.Close(ctx); err != nil {
					t.Error(err)
				}
			}()
			svc := catalog.Service{ID: "x", Name: servicetest.Name, Type: r.typ, Enabled: true,
				Config: with(r.config, "port", listener.Addr().(*net.TCPAddr).Port)}
			began := time.Now()
			m.Start(t.Context(), []catalog.Service{svc})
			if took := time.Since(began); took > time.Second {
				t.Errorf("the start waited %v for the server", took)
			}
			for range 2 {
				ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
				_, err := (&counter{remote: r, m: m, name: "x"}).read(ctx)
				if !errors.Is(err, gateway.ErrServiceUnavailable) || ctx.Err() != nil {
					t.Errorf("error %v, request %v; want ErrServiceUnavailable in time", err, ctx.Err())
				}
				cancel()
			}
			if s := statsOf(t, m); s.State != services.StateConnecting {
				t.Errorf("state %s, want connecting", s.State)
			}
		})
	}
}

// TestFullMailboxOfARealServer: what finds no worker in time is told so.
func TestFullMailboxOfARealServer(t *testing.T) {
	m := servicetest.Start(t, sql.Kinds(), "postgres", t.TempDir(), with(with(postgres(t), "pool_size", 1), "mailbox", 1))
	c := &counter{remote: remotes(t)["postgres"], m: m, name: "x"}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	results := make(chan error, 4)
	for range cap(results) {
		go func() {
			_, err := c.database(ctx).Query("SELECT pg_sleep(60)")
			results <- err
		}()
	}
	timeouts, busy := 0, 0
	for range cap(results) {
		switch err := <-results; {
		case errors.Is(err, gateway.ErrTimeout):
			timeouts++
		case errors.Is(err, gateway.ErrServiceUnavailable) && strings.Contains(err.Error(), "busy"):
			busy++
		default:
			t.Errorf("error %v", err)
		}
	}
	if timeouts != 1 || busy != 3 || ctx.Err() != nil {
		t.Errorf("%d timeouts and %d refused, request %v; want 1 and 3 in time", timeouts, busy, ctx.Err())
	}
	again, cancelAgain := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancelAgain()
	if _, err := c.database(again).Query("SELECT 1"); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	row, err := c.database(again).QueryOne("SELECT COUNT(*) AS n FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'")
	if err != nil || row.Get("n") != int64(0) {
		t.Errorf("the server is still at it: %v, %v", row.Get("n"), err)
	}
}

// TestWrongCredentialsOfBackends gives wrong passwords, databases and authorities.
// The test of the connection says what is wrong, requests are refused, and the
// password shows nowhere.
func TestWrongCredentialsOfBackends(t *testing.T) {
	const wrong = "wr0ng-cr3dential"
	all := remotes(t)
	pg, my, rd := all["postgres"], all["mysql"], all["redis"]
	verified := with(pg.config, "ssl_mode", "verify-full")
	encrypted := with(my.config, "use_ssl", true)
	tls := with(with(rd.config, "use_tls", true), "port", number(t, "REDIS_TLS_PORT"))
	otherCA := server(t, "TLS_OTHER_CA")
	for name, tt := range map[string]struct {
		remote
		config map[string]any
		want   string // in the reason
	}{
		"postgres password":     {pg, with(pg.config, "password", wrong), "28P01"},
		"postgres no password":  {pg, with(pg.config, "password", ""), ""},
		"postgres user":         {pg, with(pg.config, "username", "nobody"), "28P01"},
		"postgres database":     {pg, with(pg.config, "database", "nowhere"), "3D000"},
		"postgres authorities":  {pg, with(verified, "ssl_root_cert", otherCA), "certificate"},
		"postgres system's":     {pg, verified, "certificate"},
		"postgres no such file": {pg, with(verified, "ssl_root_cert", "/nowhere"), "/nowhere"},
		"postgres name":         {pg, with(with(verified, "ssl_root_cert", server(t, "TLS_CA")), "host", "127.0.0.2"), ""},
		"mysql password":        {my, with(my.config, "password", wrong), "1045"},
		"mysql database":        {my, with(my.config, "database", "nowhere"), "1049"},
		"mysql authorities":     {my, with(encrypted, "ssl_root_cert", otherCA), "certificate"},
		"mysql system's":        {my, encrypted, "certificate"},
		"redis password":        {rd, with(rd.config, "password", wrong), "WRONGPASS"},
		"redis no password":     {rd, with(with(rd.config, "password", ""), "username", ""), "NOAUTH"},
		"redis authorities":     {rd, with(tls, "ssl_root_cert", otherCA), "certificate"},
		"redis system's":        {rd, tls, "certificate"},
		"redis plain to TLS":    {rd, with(rd.config, "port", number(t, "REDIS_TLS_PORT")), ""},
	} {
		t.Run(name, func(t *testing.T) {
			reason := testConnection(t, tt.kinds, tt.typ, tt.config)
			if reason == nil || !strings.Contains(reason.Error(), tt.want) {
				t.Errorf("the connection test says %v, want %q", reason, tt.want)
			}
			var log bytes.Buffer
			m, err := services.NewManager(services.Options{
				Kinds: tt.kinds, Log: slog.New(slog.NewTextHandler(&log, nil)), Timing: services.Timing{Grace: 200 * time.Millisecond},
			})
			if err != nil {
				t.Fatal(err)
			}
			svc := catalog.Service{ID: "x", Name: servicetest.Name, Type: tt.typ, Config: tt.config, Enabled: true}
			m.Start(t.Context(), []catalog.Service{svc})
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			_, err = (&counter{remote: tt.remote, m: m, name: "x"}).read(ctx)
			if !errors.Is(err, gateway.ErrServiceUnavailable) {
				t.Errorf("error %v, want ErrServiceUnavailable", err)
			}
			stats := statsOf(t, m)
			if err := m.Close(ctx); err != nil {
				t.Error(err)
			}
			for _, secret := range []string{wrong, tt.remote.config["password"].(string)} {
				for _, text := range []string{reason.Error(), err.Error(), log.String(), stats.LastError} {
					if strings.Contains(text, secret) {
						t.Errorf("the password is in %q", text)
					}
				}
			}
		})
	}
}
