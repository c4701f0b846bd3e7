package modules_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"go.uber.org/goleak"
	"golang.org/x/mod/module"
	modzip "golang.org/x/mod/zip"

	"gateway/internal/modules"
	"gateway/interp/check"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// published are modules by PATH@VERSION, each with its files by name.
type published map[string]map[string]string

// example has a module that needs two others: one of them by way of a third.
var example = published{
	"example.com/a@v1.0.0": {
		"go.mod":          "module example.com/a\n\ngo 1.20\n\nrequire (\n\texample.com/b v1.1.0\n\texample.com/Old v0.1.0\n)\n",
		"a.go":            "package a\n\nimport (\n\t\"example.com/b/sub\"\n\t\"fmt\"\n)\n\nfunc A() string { return fmt.Sprint(\"a1\", sub.Sub()) }\n",
		"a_test.go":       "package a\n",
		"a_windows.go":    "package a\n\nimport \"example.com/nowhere\"\n",
		"a_asm.go":        "//go:build !purego\n\npackage a\n\nfunc asm()\n",
		"a_old.go":        "// +build !appengine,!js\n\npackage a\n\nfunc old()\n",
		"inner/inner.go":  "package inner\n\nfunc Inner() int { return 1 }\n",
		"testdata/bad.go": "not go",
	},
	"example.com/b@v1.0.0": {"go.mod": "module example.com/b\n\ngo 1.22\n", "sub/sub.go": "package sub\n\nfunc Sub() string { return \"b1.0\" }\n"},
	"example.com/b@v1.1.0": {
		"go.mod":     "module example.com/b\n\ngo 1.22\n\nrequire example.com/never v1.0.0\n", // pruned: nobody fetches it
		"sub/sub.go": "package sub\n\nfunc Sub() string { return \"b1.1\" }\n",
	},
	"example.com/b@v1.2.0": {"go.mod": "module example.com/b\n\ngo 1.22\n", "sub/sub.go": "package sub\n\nfunc Sub() string { return \"b1.2\" }\n"},
	"example.com/Old@v0.1.0": {
		"go.mod": "module example.com/Old\n\nrequire example.com/b v1.0.0\n",
		"old.go": "package old\n\nfunc Old() int { return 1 }\n",
	},
}

// zipOf makes the zip of a module as a proxy has it.
func zipOf(t testing.TB, m module.Version, files map[string]string) []byte {
	t.Helper()
	var list []modzip.File
	for _, name := range slices.Sorted(maps.Keys(files)) {
		list = append(list, memoryFile{name, files[name]})
	}
	var b bytes.Buffer
	if err := modzip.Create(&b, m, list); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type memoryFile struct{ name, content string }

func (f memoryFile) Path() string { return f.name }
func (f memoryFile) Lstat() (os.FileInfo, error) {
	fsys := fstest.MapFS{"x": {Data: []byte(f.content)}}
	return fsys.Stat("x")
}
func (f memoryFile) Open() (io.ReadCloser, error) {
	return io.NopCloser(strings.NewReader(f.content)), nil
}

// write lays modules out as a module cache's download folder.
func (p published) write(t testing.TB, dir string) {
	t.Helper()
	lists := map[string]string{}
	put := func(name string, data []byte) {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(full), 0o755), os.WriteFile(full, data, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	for key, files := range p {
		path, version, _ := strings.Cut(key, "@")
		escaped, err := module.EscapePath(path)
		if err != nil {
			t.Fatal(err)
		}
		put(escaped+"/@v/"+version+".zip", zipOf(t, module.Version{Path: path, Version: version}, files))
		if mod, ok := files["go.mod"]; ok {
			put(escaped+"/@v/"+version+".mod", []byte(mod))
		}
		lists[escaped] += version + "\n"
	}
	for path, list := range lists {
		put(path+"/@v/list", []byte(list))
	}
}

// proxy serves modules and counts what is asked for.
type proxy struct {
	*httptest.Server
	dir string

	mu    sync.Mutex
	asked map[string]int
}

func newProxy(t *testing.T, p published) *proxy {
	t.Helper()
	x := &proxy{dir: t.TempDir(), asked: map[string]int{}}
	p.write(t, x.dir)
	files := http.FileServer(http.Dir(x.dir))
	x.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		x.mu.Lock()
		x.asked[r.URL.Path]++
		x.mu.Unlock()
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		x.Close()
		http.DefaultClient.CloseIdleConnections()
	})
	return x
}

func open(t *testing.T, dir, proxy string) *modules.Cache {
	t.Helper()
	c, err := modules.New(modules.Options{Dir: dir, Proxy: proxy})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// importing is a source that imports packages.
func importing(paths ...string) check.Source {
	code := "package handler\n"
	for _, p := range paths {
		code += fmt.Sprintf("import %q\n", p)
	}
	return check.Source{Files: []check.File{{Name: "handler.go", Code: code}}}
}

func requires(t *testing.T, dependencies map[string]string) modules.Requirements {
	t.Helper()
	req, err := modules.FromDependencies(dependencies)
	if err != nil {
		t.Fatal(err)
	}
	return req
}

func resolve(t *testing.T, c *modules.Cache, req modules.Requirements, paths ...string) check.Source {
	t.Helper()
	src, err := c.Resolve(t.Context(), importing(paths...), req)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// describe lists the packages of a source with their files, and what is missing.
func describe(src check.Source) string {
	var b strings.Builder
	for _, path := range slices.Sorted(maps.Keys(src.Packages)) {
		fmt.Fprintf(&b, "%s %s:", path, src.Versions[path])
		for _, f := range src.Packages[path] {
			fmt.Fprintf(&b, " %s", f.Name)
		}
		b.WriteByte('\n')
	}
	for _, path := range slices.Sorted(maps.Keys(src.Missing)) {
		fmt.Fprintf(&b, "missing %s: %s (%s)\n", path, src.Missing[path].Message, src.Missing[path].Hint)
	}
	return b.String()
}

// TestResolve fetches from a proxy over HTTP and from a folder; what it has it does not
// fetch again.
func TestResolve(t *testing.T) {
	x := newProxy(t, example)
	const want = `example.com/a go1.20: example.com/a@v1.0.0/a.go
example.com/a/inner go1.20: example.com/a@v1.0.0/inner/inner.go
example.com/b/sub go1.22: example.com/b@v1.1.0/sub/sub.go
`
	data := t.TempDir()
	for _, proxy := range []string{x.URL, "file://" + filepath.ToSlash(x.dir), x.dir} {
		dir := t.TempDir()
		if proxy == x.URL {
			dir = data
		}
		c := open(t, dir, proxy)
		src := resolve(t, c, requires(t, map[string]string{"example.com/a": "v1.0.0"}), "example.com/a", "example.com/a/inner", "fmt", "lib/x")
		if got := describe(src); got != want {
			t.Errorf("from %s:\n%swant\n%s", proxy, got, want)
		}
	}
	for path, n := range x.asked {
		if n != 1 || strings.Contains(path, "never") || path == "/example.com/!old/@v/v0.1.0.zip" {
			t.Errorf("%s was fetched %d times", path, n)
		}
	}
	again := resolve(t, open(t, data, ""), requires(t, map[string]string{"example.com/a": "v1.0.0"}), "example.com/a", "example.com/a/inner")
	if got := describe(again); got != want {
		t.Errorf("without a proxy:\n%swant\n%s", got, want)
	}
	higher := resolve(t, open(t, data, x.URL), requires(t, map[string]string{"example.com/a": "v1.0.0", "example.com/b": "v1.2.0"}), "example.com/a")
	if got := describe(higher); !strings.Contains(got, "example.com/b@v1.2.0/sub/sub.go") {
		t.Errorf("a higher requirement does not count:\n%s", got)
	}
}

// TestFolderOfZips is a proxy that has nothing but zips.
func TestFolderOfZips(t *testing.T) {
	dir := t.TempDir()
	example.write(t, dir)
	if err := filepath.WalkDir(dir, func(name string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !strings.HasSuffix(name, ".zip") {
			err = os.Remove(name)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	for _, proxy := range []string{dir, ""} { // then without it: everything was kept
		src := resolve(t, open(t, data, proxy), requires(t, map[string]string{"example.com/a": "v1.0.0"}), "example.com/a")
		if len(src.Packages) != 2 || len(src.Missing) != 0 {
			t.Errorf("with proxy %q: %s", proxy, describe(src))
		}
	}
}

// TestMissing is about what cannot be had: the message says why and what to do.
func TestMissing(t *testing.T) {
	x := newProxy(t, example)
	down := httptest.NewServer(nil)
	down.Close()
	broken := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "no", http.StatusInternalServerError)
	}))
	t.Cleanup(broken.Close)
	tests := []struct {
		name   string
		proxy  string
		deps   map[string]string
		path   string
		wanted []string
	}{
		{"nothing required", x.URL, nil, "example.com/a", []string{`no module provides package "example.com/a"`, "dependencies"}},
		{"another required", x.URL, map[string]string{"example.com/b": "v1.0.0"}, "example.com/a", []string{`no module provides package "example.com/a"`}},
		{"no such package", x.URL, map[string]string{"example.com/a": "v1.0.0"}, "example.com/a/nothing", []string{`module example.com/a@v1.0.0 has no package "example.com/a/nothing"`}},
		{"no such version", x.URL, map[string]string{"example.com/b": "v1.7.0"}, "example.com/b/sub", []string{"module example.com/b@v1.7.0 is not at the module proxy", "v1.0.0, v1.1.0, v1.2.0"}},
		{"no such module", x.URL, map[string]string{"example.com/z": "v1.0.0"}, "example.com/z", []string{"is not at the module proxy", "path is right"}},
		{"no proxy", "", map[string]string{"example.com/a": "v1.0.0"}, "example.com/a", []string{"no module proxy is set", "modules.proxy", "PUT /api/modules/example.com/a@v1.0.0"}},
		{"proxy down", down.URL, map[string]string{"example.com/a": "v1.0.0"}, "example.com/a", []string{"cannot be fetched from the module proxy", "refused", "modules.proxy"}},
		{"proxy broken", broken.URL, map[string]string{"example.com/a": "v1.0.0"}, "example.com/a", []string{"it answers 500"}},
		{"no such folder", filepath.Join(t.TempDir(), "none"), map[string]string{"example.com/a": "v1.0.0"}, "example.com/a", []string{"the folder cannot be read"}},
		{"given hash", x.URL, map[string]string{"example.com/b": "v1.0.0 h1:wrong="}, "example.com/b/sub", []string{"has the hash h1:", "what asks for it says h1:wrong="}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			src := resolve(t, open(t, dir, test.proxy), requires(t, test.deps), test.path)
			got := describe(src)
			for _, want := range append(test.wanted, "missing "+test.path) {
				if !strings.Contains(got, want) {
					t.Errorf("%q is not in\n%s", want, got)
				}
			}
			if zips, _ := filepath.Glob(filepath.Join(dir, "example.com", "b", "@v", "*.zip")); test.name == "given hash" && len(zips) > 0 {
				t.Error("a module with another hash than was given was kept")
			}
		})
	}
}

// TestTrust is about modules that are not what they were: in the folder, at the proxy, in
// an upload.
func TestTrust(t *testing.T) {
	x := newProxy(t, example)
	data := t.TempDir()
	req := requires(t, map[string]string{"example.com/b": "v1.0.0"})
	if src := resolve(t, open(t, data, x.URL), req, "example.com/b/sub"); len(src.Missing) > 0 {
		t.Fatal(describe(src))
	}
	m := module.Version{Path: "example.com/b", Version: "v1.0.0"}
	other := zipOf(t, m, map[string]string{"go.mod": "module example.com/b\n\ngo 1.22\n", "sub/sub.go": "package sub\n\nfunc Sub() string { return \"evil\" }\n"})
	kept := filepath.Join(data, "example.com", "b", "@v", "v1.0.0.zip")

	if err := os.WriteFile(kept, other, 0o644); err != nil {
		t.Fatal(err)
	}
	if got := describe(resolve(t, open(t, data, x.URL), req, "example.com/b/sub")); !strings.Contains(got, "gateway.sum in the modules folder says") {
		t.Errorf("a changed file was taken:\n%s", got)
	}
	if err := errors.Join(os.Remove(kept), os.WriteFile(filepath.Join(x.dir, "example.com", "b", "@v", "v1.0.0.zip"), other, 0o644)); err != nil {
		t.Fatal(err)
	}
	if got := describe(resolve(t, open(t, data, x.URL), req, "example.com/b/sub")); !strings.Contains(got, "gateway.sum in the modules folder says") {
		t.Errorf("a changed proxy was believed:\n%s", got)
	}
	var mismatch *modules.MismatchError
	if _, err := open(t, data, "").Add(t.Context(), m.Path, m.Version, bytes.NewReader(other)); !errors.As(err, &mismatch) {
		t.Errorf("another upload gives %v", err)
	}
	if _, err := os.Stat(kept); err == nil {
		t.Error("a refused module was kept")
	}
}

// TestAdd uploads a module to a gateway without a proxy.
func TestAdd(t *testing.T) {
	c := open(t, t.TempDir(), "")
	m := module.Version{Path: "example.com/b", Version: "v1.0.0"}
	zip := zipOf(t, m, example["example.com/b@v1.0.0"])
	added, err := c.Add(t.Context(), m.Path, m.Version, bytes.NewReader(zip))
	if err != nil || !strings.HasPrefix(added.Sum, "h1:") {
		t.Fatal(added, err)
	}
	src := resolve(t, c, requires(t, map[string]string{m.Path: m.Version + " " + added.Sum}), "example.com/b/sub")
	if got := describe(src); got != "example.com/b/sub go1.22: example.com/b@v1.0.0/sub/sub.go\n" {
		t.Error(got)
	}
	list, err := c.List()
	if err != nil || len(list) != 1 || list[0].Path != m.Path || list[0].Version != m.Version || list[0].Sum != added.Sum || list[0].Size != int64(len(zip)) {
		t.Errorf("the list is %+v, %v", list, err)
	}
	for name, bad := range map[string]struct {
		path, version string
		content       []byte
	}{
		"another module's zip": {"example.com/c", "v1.0.0", zip},
		"no zip":               {"example.com/c", "v1.0.0", []byte("hello")},
		"no version":           {"example.com/c", "1.0", zip},
		"path that climbs":     {"../c", "v1.0.0", zip},
	} {
		var fetch *modules.FetchError
		if _, err := c.Add(t.Context(), bad.path, bad.version, bytes.NewReader(bad.content)); !errors.As(err, &fetch) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestOneFetch has many ask for the same module at once.
func TestOneFetch(t *testing.T) {
	x := newProxy(t, example)
	c := open(t, t.TempDir(), x.URL)
	req := requires(t, map[string]string{"example.com/a": "v1.0.0"})
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			src, err := c.Resolve(t.Context(), importing("example.com/a"), req)
			if err != nil || len(src.Missing) > 0 {
				t.Error(err, describe(src))
			}
		})
	}
	group.Wait()
	for path, n := range x.asked {
		if n != 1 {
			t.Errorf("%s was fetched %d times", path, n)
		}
	}
}

// TestClose ends a fetch that nobody answers.
func TestClose(t *testing.T) {
	asked := make(chan struct{})
	hangs := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(asked)
		<-r.Context().Done()
	}))
	defer hangs.Close()
	c := open(t, t.TempDir(), hangs.URL)
	done := make(chan check.Source)
	go func() {
		src, _ := c.Resolve(context.Background(), importing("example.com/a"), requires(t, map[string]string{"example.com/a": "v1.0.0"}))
		done <- src
	}()
	<-asked
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if src := <-done; len(src.Missing) != 1 {
		t.Error(describe(src))
	}
}

func TestDependencies(t *testing.T) {
	for path, version := range map[string]string{
		"example.com/a": "v1", "example.com/b": "1.2.3", "example.com/c": "latest", "example.com/d/v2": "v1.0.0",
		"example.com/e": "v2.0.0", "fmt": "v1.0.0", "example.com/f": "v1.0.0 sha256:abc",
	} {
		if _, err := modules.FromDependencies(map[string]string{path: version}); err == nil {
			t.Errorf("%s %s is taken", path, version)
		} else if !strings.Contains(err.Error(), path) {
			t.Errorf("%s %s: the error does not name the module: %v", path, version, err)
		}
	}
}

func TestReadModFile(t *testing.T) {
	tests := []struct{ mod, sum, invalid, modules string }{
		{"require example.com/a v1.0.0\n", "", "", "[example.com/a@v1.0.0]"},
		{"module x\n\ngo 1.26\n\nrequire (\n\texample.com/a v1.0.0\n\texample.com/b v1.1.0 // indirect\n)\n", "example.com/a v1.0.0 h1:x=\n", "", "[example.com/a@v1.0.0 example.com/b@v1.1.0]"},
		{"require example.com/a latest\n", "", "gateway.mod:1:", ""},
		{"require example.com/a v1.0.0\nreplace example.com/a => ../a\n", "", "gateway.mod:2: replace", ""},
		{"exclude example.com/a v1.0.0\n", "", "gateway.mod:1: exclude", ""},
		{"requires x\n", "", "gateway.mod:1:", ""},
		{"require example.com/a v1.0.0\n", "what\n", "gateway.sum beside pets/gateway.mod: line 1", ""},
	}
	for _, test := range tests {
		fsys := fstest.MapFS{modules.ModFile: {Data: []byte(test.mod)}}
		if test.sum != "" {
			fsys[modules.SumFile] = &fstest.MapFile{Data: []byte(test.sum)}
		}
		req := modules.ReadModFile(fsys, "pets")
		switch {
		case test.invalid == "" && req.Invalid != nil, test.invalid != "" && (req.Invalid == nil || !strings.Contains(req.Invalid.Error(), test.invalid)):
			t.Errorf("%q gives %v, want %q", test.mod, req.Invalid, test.invalid)
		case test.invalid == "" && fmt.Sprint(req.Modules) != test.modules:
			t.Errorf("%q requires %v, want %s", test.mod, req.Modules, test.modules)
		}
	}
	req := modules.ReadModFile(fstest.MapFS{
		modules.ModFile: {Data: []byte("require (\n\texample.com/a v1.0.0\n\texample.com/a v1.2.0\n\texample.com/b v1.0.0\n)\n")},
		modules.SumFile: {Data: []byte("example.com/a v1.2.0 h1:x=\n")},
	}, "")
	if got := fmt.Sprint(req.Dependencies()); got != "map[example.com/a:v1.2.0 h1:x= example.com/b:v1.0.0]" {
		t.Errorf("dependencies are %s", got)
	}
	if req := modules.ReadModFile(fstest.MapFS{}, ""); req.Invalid != nil || len(req.Modules) != 0 {
		t.Errorf("without a file: %+v", req)
	}
}

// FuzzReadModFile reads whatever people may write into the two files.
func FuzzReadModFile(f *testing.F) {
	f.Add("require example.com/a v1.0.0\n", "example.com/a v1.0.0 h1:x=\n")
	f.Add("module x\n\nrequire (\n\texample.com/a v1.0.0\n", "a b\n")
	f.Fuzz(func(t *testing.T, mod, sum string) {
		req := modules.ReadModFile(fstest.MapFS{modules.ModFile: {Data: []byte(mod)}, modules.SumFile: {Data: []byte(sum)}}, "")
		for _, m := range req.Modules {
			if req.Invalid != nil || module.Check(m.Path, m.Version) != nil {
				t.Errorf("%q requires %v", mod, m)
			}
		}
	})
}

func TestProxyFromEnvironment(t *testing.T) {
	for goproxy, want := range map[string]string{
		"": "", "off": "", "direct": "", "https://a.example,direct": "https://a.example", "https://a.example|https://b.example": "https://a.example",
	} {
		if got := modules.ProxyFromEnvironment(goproxy); got != want {
			t.Errorf("GOPROXY=%s gives %q, want %q", goproxy, got, want)
		}
	}
}
