package object

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"gateway"
	"gateway/services"
)

// DefaultPresignBase is the path under which a gateway serves [PresignHandler].
const DefaultPresignBase = "/_objects"

// signer signs the URLs of one service's objects. Its key lies in the service's
// folder, so URLs survive restarts of the gateway.
type signer struct {
	name, base string
	key        []byte
}

const keyFile = reserved + "/presign.key"

func newSigner(root *os.Root, name, base string) (signer, error) {
	key, err := root.ReadFile(keyFile)
	if errors.Is(err, fs.ErrNotExist) {
		if key, err = makeKey(root); err != nil {
			return signer{}, err
		}
	}
	if err != nil {
		return signer{}, err
	}
	if len(key) < sha256.Size {
		return signer{}, fmt.Errorf("%s has %d bytes instead of %d: remove it, and a new one is made", keyFile, len(key), sha256.Size)
	}
	return signer{name: name, base: strings.TrimSuffix(base, "/"), key: key}, nil
}

// makeKey makes the key file as a whole: another actor on the same folder may
// have made it meanwhile, which then is the one.
func makeKey(root *os.Root) ([]byte, error) {
	key := make([]byte, sha256.Size)
	rand.Read(key)
	temporary := uploads + "/" + rand.Text()
	if err := root.WriteFile(temporary, key, 0o600); err != nil {
		return nil, err
	}
	defer root.Remove(temporary)
	if err := root.Link(temporary, keyFile); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return root.ReadFile(keyFile)
}

// url gives a URL that is valid until a time.
func (s signer) url(key string, until time.Time) string {
	expires := strconv.FormatInt(until.Unix(), 10)
	escaped := (&url.URL{Path: key}).EscapedPath()
	return s.base + "/" + url.PathEscape(s.name) + "/" + escaped + "?" + url.Values{"expires": {expires}, "signature": {s.sign(key, expires)}}.Encode()
}

func (s signer) sign(key, expires string) string {
	mac := hmac.New(sha256.New, s.key)
	fmt.Fprintf(mac, "%d\n%s%d\n%s%s", len(s.name), s.name, len(key), key, expires)
	return hex.EncodeToString(mac.Sum(nil))
}

// valid reports whether a signature is right and not expired at a time.
func (s signer) valid(key string, query url.Values, now time.Time) bool {
	expires := query.Get("expires")
	if !hmac.Equal([]byte(s.sign(key, expires)), []byte(query.Get("signature"))) {
		return false
	}
	until, err := strconv.ParseInt(expires, 10, 64)
	return err == nil && now.Before(time.Unix(until, 0))
}

// PresignHandler serves the URLs that the local services of a manager give, to GET
// and HEAD and with ranges. It answers paths of the form /SERVICE/KEY: strip the
// prefix that it is mounted under, [DefaultPresignBase] unless configured.
// Whatever is wrong with a URL, the answer is 403 and tells nothing of what exists.
func PresignHandler(manager *services.Manager) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		name, escaped, _ := strings.Cut(strings.TrimPrefix(r.URL.EscapedPath(), "/"), "/")
		name, nameErr := url.PathUnescape(name)
		key, keyErr := url.PathUnescape(escaped)
		h, ok := localHandle(r.Context(), manager, name)
		if !ok || nameErr != nil || keyErr != nil || CheckKey(key) != nil {
			refuse(w)
			return
		}
		h.serveSigned(w, r, key)
	})
}

func refuse(w http.ResponseWriter) {
	http.Error(w, "the URL is not valid or has expired", http.StatusForbidden)
}

// localHandle finds a running local service by name.
func localHandle(ctx context.Context, manager *services.Manager, name string) (handle, bool) {
	for _, service := range manager.Services() {
		if service.Name != name || service.Type != "local" {
			continue
		}
		opened, err := manager.Open(ctx, service.ID)
		if err != nil {
			return handle{}, false
		}
		h, ok := opened.Value.(handle)
		return h, ok
	}
	return handle{}, false
}

// errSignature is for a URL that is not, or no longer, valid.
var errSignature = gateway.ErrForbidden.New("the URL is not valid or has expired")

// serveSigned checks a URL and answers with the object. Only opening it is an
// operation of the service: a client that reads slowly must not hold a worker.
func (h handle) serveSigned(w http.ResponseWriter, r *http.Request, key string) {
	query := r.URL.Query()
	type opened struct {
		file *os.File
		info gateway.ObjectInfo
	}
	object, err := services.Call(h.ctx, h.actor, services.Read("serve"), func(ctx context.Context, l *Local) (opened, error) {
		if !l.valid(key, query, time.Now()) {
			return opened{}, errSignature
		}
		file, info, err := l.openFile(ctx, key)
		return opened{file, info}, err
	})
	if errors.Is(err, gateway.ErrForbidden) {
		refuse(w)
		return
	}
	if err != nil {
		status := gateway.AsError(err).Status
		http.Error(w, http.StatusText(status), status)
		return
	}
	defer object.file.Close()
	header := w.Header()
	header.Set("Content-Type", object.info.ContentType)
	header.Set("ETag", strconv.Quote(object.info.ETag))
	header.Set("X-Content-Type-Options", "nosniff")
	// What users uploaded must not run as a page of the gateway's own host.
	header.Set("Content-Security-Policy", "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'")
	http.ServeContent(w, r, "", object.info.LastModified, object.file)
}
