package modules

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// proxy is where modules come from. name is a path of the GOPROXY protocol, such as
// github.com/google/uuid/@v/v1.6.0.zip; a file that is not there is fs.ErrNotExist.
type proxy interface {
	open(ctx context.Context, name string) (io.ReadCloser, error)
	String() string // for messages; without credentials
}

// newProxy makes the proxy that a setting names; nil for none.
func newProxy(setting string) (proxy, error) {
	switch {
	case setting == "":
		return nil, nil
	case strings.HasPrefix(setting, "http://"), strings.HasPrefix(setting, "https://"), strings.HasPrefix(setting, "file://"):
		u, err := url.Parse(setting)
		if err != nil {
			return nil, errors.New("the module proxy is not a URL") // the error would show a password
		}
		if u.Scheme == "file" {
			return folder(filepath.FromSlash(u.Path)), nil
		}
		return server{base: u}, nil
	}
	return folder(setting), nil
}

// ProxyFromEnvironment is the proxy that a GOPROXY variable names: its first entry, where
// that is one and not "off" or "direct".
func ProxyFromEnvironment(goproxy string) string {
	first, _, _ := strings.Cut(goproxy, ",")
	first, _, _ = strings.Cut(first, "|")
	if first = strings.TrimSpace(first); first == "off" || first == "direct" {
		return ""
	}
	return first
}

// server is a proxy that is reached over HTTP. Basic authentication comes from the URL.
type server struct{ base *url.URL }

func (s server) String() string { return s.base.Host }

func (s server) open(ctx context.Context, name string) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base.JoinPath(name).String(), nil)
	if err != nil {
		return nil, err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		var failed *url.Error
		if errors.As(err, &failed) {
			err = failed.Err // it names the whole URL, which says nothing to whoever reads this
		}
		return nil, err
	}
	if res.StatusCode == http.StatusOK {
		return res.Body, nil
	}
	defer res.Body.Close()
	text, _ := io.ReadAll(io.LimitReader(res.Body, 300)) // the reason, where the proxy gives one
	reason := strings.TrimSpace(strings.ToValidUTF8(string(text), ""))
	if res.StatusCode == http.StatusNotFound || res.StatusCode == http.StatusGone {
		return nil, fmt.Errorf("%w: %s", fs.ErrNotExist, reason)
	}
	return nil, fmt.Errorf("it answers %s", res.Status)
}

// folder is a proxy that is a folder, laid out as a module cache's download folder.
type folder string

func (f folder) String() string { return string(f) }

func (f folder) open(_ context.Context, name string) (io.ReadCloser, error) {
	if _, err := os.Stat(string(f)); err != nil {
		return nil, fmt.Errorf("the folder cannot be read: %v", err)
	}
	file, err := os.Open(filepath.Join(string(f), filepath.FromSlash(name)))
	if err != nil {
		return nil, err
	}
	return file, nil
}
