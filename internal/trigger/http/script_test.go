package http_test

import (
	"context"
	"io"
	nethttp "net/http"
	"strings"
	"testing"
	"time"

	"gateway/internal/catalog"
	"gateway/internal/dispatch"
	"gateway/internal/observe"
	triggerhttp "gateway/internal/trigger/http"
	"gateway/interp"
	"gateway/interp/check"
)

// newScriptSite serves real scripts through the interpreter.
func newScriptSite(t *testing.T, limits catalog.Limits) *site {
	t.Helper()
	engine, err := interp.New(interp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := engine.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	s := &site{t: t, observer: observe.New(observe.Options{})}
	s.d, err = dispatch.New(dispatch.Options{
		Engine: dispatch.Interpreter(engine), Store: openStore(t), Observer: s.observer, Limits: limits,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.d.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	s.addr = serve(t, triggerhttp.Options{Dispatcher: s.d})
	return s
}

// deploy serves the body of a Handle function, with imports and declarations before it.
func (s *site) deploy(path, declarations, body string) catalog.Endpoint {
	s.t.Helper()
	e := catalog.Endpoint{Name: path, Method: "GET", Path: path, Enabled: true, Started: true}
	saved, err := s.d.Create(s.t.Context(), &e, &catalog.Version{Code: source(declarations, body)})
	if err != nil {
		s.t.Fatalf("deploy %s: %v", path, err)
	}
	return saved.Endpoint
}

func source(declarations, body string) string {
	return "package handler\n\nimport \"gateway\"\n" + declarations +
		"\nfunc Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {\n" + body + "\n}\n"
}

func (s *site) get(path string) (*nethttp.Response, string) {
	s.t.Helper()
	return s.send("GET " + path + " HTTP/1.1\nHost: h")
}

// logged gives the records of an endpoint that a message is in.
func (s *site) logged(id, message string) (lines []string) {
	for _, r := range s.observer.Find(id).Recent(-1) {
		if strings.Contains(r.Message, message) {
			lines = append(lines, r.String())
		}
	}
	return lines
}

func TestScriptsAnswer(t *testing.T) {
	s := newScriptSite(t, catalog.Limits{})
	e := s.deploy("/pets/{id}", "import \"strings\"\n", `
	ctx.Log().Info("asked", "pet", req.PathParam("id"))
	return gateway.OK(map[string]string{"pet": strings.ToUpper(req.PathParam("id")), "q": req.QueryParam("q")}), nil`)
	res, body := s.get("/pets/rex?q=1")
	if res.StatusCode != 200 || body != `{"pet":"REX","q":"1"}` {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	lines := s.logged(e.ID, "asked")
	if len(lines) != 1 || !strings.Contains(lines[0], "pet=rex") || !strings.Contains(lines[0], "request_id="+res.Header.Get("X-Request-Id")) {
		t.Errorf("logged %q", lines)
	}
	if _, err := s.d.Update(t.Context(), &e, &catalog.Version{Code: source("", "return gateway.OK(2), nil")}); err != nil {
		t.Fatal(err)
	}
	if _, body := s.get("/pets/rex"); body != "2" {
		t.Errorf("after a save: %s", body)
	}
	_, err := s.d.Update(t.Context(), &e, &catalog.Version{Code: source("", "return gateway.OK(undefined), nil")})
	if catalog.CodeOf(err) != catalog.CodeUnprocessable || !strings.Contains(err.Error(), "undefined") {
		t.Errorf("a broken save: %v", err)
	}
	if _, body := s.get("/pets/rex"); body != "2" {
		t.Errorf("after a broken save: %s", body)
	}
}

func TestScriptsThatFail(t *testing.T) {
	s := newScriptSite(t, catalog.Limits{})
	for _, c := range []struct {
		path, declarations, body string
		status                   int
		answer                   string
		logged                   string // message
		has                      string // the record has this
	}{
		{"/own", "", `return nil, gateway.ErrConflict.New("taken")`, 409, `{"error":"taken","code":"conflict"}`, "", ""},
		{"/other", "import \"errors\"\n", `return nil, errors.New("hunter2")`, 500, `"code":"internal_error"`, "handler failed", "hunter2"},
		{"/panic", "", "\tvar list []int\n\treturn gateway.OK(list[5]), nil", 500, `"request_id"`, "handler panicked", "handler.go:7"},
		{"/nothing", "", `return nil, nil`, 500, `"code":"internal_error"`, "handler failed", "no response"},
		{"/typed-nil", "", "\tvar e *gateway.Error\n\treturn nil, e", 500, `"code":"internal_error"`, "handler failed", "nil *gateway.Error"},
		{"/own-type", "type pathError struct{ path string }\nfunc (e *pathError) Error() string { return \"bad \" + e.path }\n",
			`return nil, &pathError{"x"}`, 500, `"code":"internal_error"`, "handler failed", "bad x"},
	} {
		e := s.deploy(c.path, c.declarations, c.body)
		res, body := s.get(c.path)
		if res.StatusCode != c.status || !strings.Contains(body, c.answer) || strings.Contains(body, "hunter2") {
			t.Errorf("%s: %d %s", c.path, res.StatusCode, body)
		}
		if c.logged == "" {
			continue
		}
		if lines := s.logged(e.ID, c.logged); len(lines) != 1 || !strings.Contains(lines[0], c.has) {
			t.Errorf("%s: logged %q, want %q with %q", c.path, lines, c.logged, c.has)
		}
	}
}

func TestARunawayIsStoppedAndTheEndpointGoesOn(t *testing.T) {
	s := newScriptSite(t, catalog.Limits{Timeout: 100 * time.Millisecond})
	e := s.deploy("/spin", "", "\tif req.QueryParam(\"spin\") != \"\" {\n\t\tfor {\n\t\t}\n\t}\n\treturn gateway.OK(1), nil")
	s.deploy("/other", "", "return gateway.OK(2), nil")
	if res, body := s.get("/spin?spin=1"); res.StatusCode != 504 || !strings.Contains(body, `"code":"timeout"`) {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	for range 5 {
		if _, body := s.get("/other"); body != "2" {
			t.Errorf("another endpoint: %s", body)
		}
	}
	for { // until the kill is through, answers may still be of the instance that goes
		res, body := s.get("/spin")
		if res.StatusCode == 200 && body == "1" {
			break
		}
		if res.StatusCode != 503 {
			t.Fatalf("afterwards: %d %s", res.StatusCode, body)
		}
	}
	if lines := s.logged(e.ID, "handler timed out"); len(lines) != 1 {
		t.Errorf("logged %q", lines)
	}
	if st, _ := s.d.Status(e.ID); st.Slot.Timeouts != 1 {
		t.Errorf("counted %+v", st.Slot)
	}
}

func TestScriptsStream(t *testing.T) {
	s := newScriptSite(t, catalog.Limits{})
	e := s.deploy("/events", "import \"fmt\"\n", `
	return gateway.Events(func(events *gateway.EventWriter) error {
		for i := range 3 {
			if err := events.Send(gateway.Event{Data: fmt.Sprint("tick ", i)}); err != nil {
				return err
			}
		}
		return nil
	}), nil`)
	res, body := s.get("/events")
	if body != "data: tick 0\n\ndata: tick 1\n\ndata: tick 2\n\n" || res.Header.Get("Content-Type") != "text/event-stream" {
		t.Errorf("%v %q", res.Header, body)
	}
	s.awaitRequests(1)
	if st, _ := s.d.Status(e.ID); st.Slot.InFlight != 0 {
		t.Errorf("still pinned: %+v", st.Slot)
	}
}

func TestAStreamEndsAtItsDeadline(t *testing.T) {
	s := newScriptSite(t, catalog.Limits{Timeout: 100 * time.Millisecond})
	s.deploy("/stuck", "", `
	return gateway.Stream("text/plain", func(w *gateway.StreamWriter) error {
		if _, err := w.WriteString("begun"); err != nil {
			return err
		}
		if err := w.Flush(); err != nil {
			return err
		}
		for {
		}
	}), nil`)
	res, err := nethttp.Get("http://" + s.addr + "/stuck")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if body, err := io.ReadAll(res.Body); string(body) != "begun" || err == nil {
		t.Errorf("got %q, %v: want it cut off", body, err)
	}
	nethttp.DefaultClient.CloseIdleConnections()
}

func TestScriptFilesShareTheirState(t *testing.T) {
	s := newScriptSite(t, catalog.Limits{})
	serve := func(code string) error {
		return s.d.ServeScripts(t.Context(), []check.Source{{Name: "count.go", Files: []check.File{{Name: "count.go", Code: code}}}})
	}
	const code = `package count

import "gateway"

var n int

//gateway:route GET /up
func Up(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	n++
	return gateway.OK(n), nil
}

//gateway:route GET /now timeout=2s
func Now(ctx *gateway.Context, req *gateway.Request) *gateway.Response { return gateway.OK(n) }
`
	if err := serve(code); err != nil {
		t.Fatal(err)
	}
	s.get("/up")
	s.get("/up")
	if _, body := s.get("/now"); body != "2" {
		t.Errorf("the state is %s", body)
	}
	if err := serve(strings.Replace(code, "n++", "n = ", 1)); err == nil {
		t.Error("a broken edit was taken")
	}
	if _, body := s.get("/up"); body != "3" {
		t.Errorf("after a broken edit: %s", body)
	}
}

func TestALateAnswerIsWholeAndEndsTheConnection(t *testing.T) {
	s := newScriptSite(t, catalog.Limits{Timeout: 50 * time.Millisecond})
	for _, method := range []string{"GET", "HEAD"} {
		e := s.deploy("/"+method, "", "\tfor {\n\t}")
		res, body := s.send(method + " /" + method + " HTTP/1.1\nHost: h")
		if res.StatusCode != 504 || !res.Close || res.Header.Get("X-Request-Id") == "" || res.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s: %d %v", method, res.StatusCode, res.Header)
		}
		if (method == "GET") != strings.Contains(body, `"code":"timeout"`) {
			t.Errorf("%s: body %q", method, body)
		}
		stats := s.observer.Find(e.ID).Stats()
		for stats.InFlight != 0 { // it is counted when it has been written
			stats = s.observer.Find(e.ID).Stats()
		}
		if stats.Requests != 1 || stats.ByStatus[5] != 1 {
			t.Errorf("counted %+v", stats)
		}
	}
}
