package admin

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"gateway/internal/catalog"
)

const (
	objectsPath = "/api/minio/objects"
	maxUpload   = 1 << 30          // bytes of a form with a file
	maxFormKey  = 4 << 10          // bytes of its field key; a store takes fewer
	transfer    = 30 * time.Second // for the client to send or take the next piece of an object
)

// objectStore opens the object store that a request names with the parameter service, or the only one that runs.
func (s *Server) objectStore(r *http.Request, ref string) (catalog.Service, Objects, error) {
	run, err := s.running()
	if err != nil {
		return catalog.Service{}, nil, err
	}
	var v catalog.Service
	if ref != "" {
		if _, v, err = s.service(r.Context(), ref); err != nil {
			return v, nil, err
		}
	} else {
		switch stores := run.ObjectStores(); len(stores) {
		case 0:
			return v, nil, &catalog.Error{Code: catalog.CodeConflict, Message: "no object store is active", Hint: "create a service of type minio, s3 or local, or activate one"}
		case 1:
			v = stores[0]
		default:
			var names []string
			for _, store := range stores {
				names = append(names, store.Name)
			}
			return v, nil, &catalog.Error{
				Code: catalog.CodeInvalid, Field: "service", Message: "there are several object stores: " + strings.Join(names, ", "),
				Hint: "say which one: ?service=" + names[0],
			}
		}
	}
	objects, err := run.Objects(r.Context(), v.ID)
	return v, objects, err
}

// bucketOf is where a store keeps its objects: a bucket, or for a folder the service itself.
func bucketOf(v catalog.Service) string {
	if bucket, ok := v.Config["bucket"].(string); ok {
		return bucket
	}
	return v.Name
}

// listObjects lists objects in key order. With "truncated" there are more, after the last key.
func (s *Server) listObjects(r *http.Request) (answer, error) {
	q, err := parameters(r, "service", "prefix", "after", "limit")
	if err != nil {
		return answer{}, err
	}
	p, err := page(q)
	if err != nil {
		return answer{}, err
	}
	v, store, err := s.objectStore(r, q.Get("service"))
	if err != nil {
		return answer{}, err
	}
	found, err := store.List(q.Get("prefix"))
	if err != nil {
		return answer{}, err
	}
	if after := q.Get("after"); after != "" {
		from, exact := slices.BinarySearchFunc(found, after, func(o Object, key string) int { return strings.Compare(o.Key, key) })
		if exact {
			from++
		}
		found = found[from:]
	}
	truncated := len(found) > p.Limit
	if truncated {
		found = found[:p.Limit]
	}
	if found == nil {
		found = []Object{}
	}
	return ok(struct {
		Bucket    string   `json:"bucket"`
		Service   string   `json:"service"`
		Prefix    string   `json:"prefix"`
		Objects   []Object `json:"objects"`
		Truncated bool     `json:"truncated"`
	}{bucketOf(v), v.Name, q.Get("prefix"), found, truncated})
}

// uploadObject stores the field file of a form under its field key. The file goes through to the store where the key
// comes before it, in the form or as a parameter, and through a temporary file where it comes after.
func (s *Server) uploadObject(w http.ResponseWriter, r *http.Request) error {
	q, err := parameters(r, "service", "key")
	if err != nil {
		return err
	}
	v, store, err := s.objectStore(r, q.Get("service"))
	if err != nil {
		return err
	}
	sent := &upload{body: r.Body, control: http.NewResponseController(w)}
	r.Body = sent
	parts, err := r.MultipartReader()
	if err != nil {
		return &catalog.Error{Code: catalog.CodeUnsupportedMedia, Message: "an upload is a form with the fields key and file", Hint: "send Content-Type: multipart/form-data"}
	}
	form := uploadForm{store: store, key: q.Get("key")}
	defer form.close()
	for !form.stored {
		part, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err == nil {
			err = form.take(part.FormName(), part, part.Header.Get("Content-Type"))
		}
		if err != nil {
			return sent.failed(err, form.unread)
		}
	}
	if err := form.finish(); err != nil {
		return err
	}
	_ = sent.control.SetWriteDeadline(time.Now().Add(transfer)) // the store may have taken its time
	s.writeAnswer(w, r, answer{data: struct {
		Key     string `json:"key"`
		Bucket  string `json:"bucket"`
		Service string `json:"service"`
		Size    int64  `json:"size"`
		Message string `json:"message"`
	}{form.key, bucketOf(v), v.Name, form.size, "upload successful"}})
	return nil
}

// upload is a request's body that may take as long as it keeps coming. It remembers why it ended.
type upload struct {
	body    io.ReadCloser
	control *http.ResponseController
	err     error
}

func (u *upload) Read(p []byte) (int, error) {
	// Not every connection has deadlines.
	_ = u.control.SetReadDeadline(time.Now().Add(transfer))
	_ = u.control.SetWriteDeadline(time.Now().Add(requestTimeout))
	n, err := u.body.Read(p)
	if err != nil && err != io.EOF {
		u.err = err
	}
	return n, err
}

func (u *upload) Close() error { return u.body.Close() }

// failed says what is wrong with an upload. Where its body or a field of it could not be read, the store's error is
// only a consequence of that.
func (u *upload) failed(err, unread error) error {
	if _, large := errors.AsType[*http.MaxBytesError](u.err); large {
		return &catalog.Error{Code: catalog.CodePayloadTooLarge, Message: fmt.Sprintf("the upload is larger than %d bytes", maxUpload)}
	}
	_, known := errors.AsType[*catalog.Error](err)
	if u.err == nil && unread == nil && (known || !strings.HasPrefix(err.Error(), "multipart: ")) {
		return err
	}
	return &catalog.Error{Code: catalog.CodeInvalid, Message: "the form breaks off or is malformed", Err: err}
}

// uploadForm is what was read of the form of an upload.
type uploadForm struct {
	store  Objects
	key    string
	kind   string   // content type of the file; empty where it is to be guessed
	kept   *os.File // the file, while its key is not known
	size   int64    // of the file, in bytes
	stored bool
	unread error // why a field could not be read
}

// take reads one field.
func (f *uploadForm) take(name string, part io.Reader, kind string) error {
	field := &counter{from: part}
	defer func() { f.unread = field.err }()
	switch name {
	case "key":
		key, err := io.ReadAll(io.LimitReader(field, maxFormKey))
		if err != nil {
			return err
		}
		if f.key != "" && f.key != string(key) {
			return &catalog.Error{Code: catalog.CodeInvalid, Field: "key", Message: "there are two keys"}
		}
		f.key = string(key)
		return nil
	case "file":
		if f.kept != nil {
			return &catalog.Error{Code: catalog.CodeInvalid, Field: "file", Message: "there are two files"}
		}
		if kind != "application/octet-stream" { // which says nothing
			f.kind = kind
		}
		if f.key == "" {
			return f.keep(field)
		}
		if err := f.store.Put(f.key, field, -1, f.kind); err != nil {
			return err
		}
		f.size, f.stored = field.n, true
		return nil
	default:
		return &catalog.Error{Code: catalog.CodeInvalid, Field: catalog.Clip(name), Message: fmt.Sprintf("there is no field %q", catalog.Clip(name)), Hint: "there are: key, file"}
	}
}

// keep writes the file into a temporary one, which close removes.
func (f *uploadForm) keep(field io.Reader) (err error) {
	if f.kept, err = os.CreateTemp("", "gateway-upload-*"); err != nil {
		return fmt.Errorf("keep an upload: %w", err)
	}
	f.size, err = io.Copy(f.kept, field)
	return err
}

// finish stores a file that was kept.
func (f *uploadForm) finish() error {
	switch {
	case f.stored:
		return nil
	case f.kept == nil:
		return &catalog.Error{Code: catalog.CodeInvalid, Field: "file", Message: "file is missing"}
	case f.key == "":
		return &catalog.Error{Code: catalog.CodeInvalid, Field: "key", Message: "key is missing"}
	}
	if _, err := f.kept.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("keep an upload: %w", err)
	}
	return f.store.Put(f.key, f.kept, f.size, f.kind)
}

func (f *uploadForm) close() {
	if f.kept != nil {
		_ = f.kept.Close()
		_ = os.Remove(f.kept.Name())
	}
}

// counter counts what is read.
type counter struct {
	from io.Reader
	n    int64
	err  error // why it ended, unless it was the end
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.n += int64(n)
	if err != nil && err != io.EOF {
		c.err = err
	}
	return n, err
}

// downloadObject answers with an object and nothing around it.
func (s *Server) downloadObject(w http.ResponseWriter, r *http.Request) error {
	q, err := parameters(r, "service")
	if err != nil {
		return err
	}
	_, store, err := s.objectStore(r, q.Get("service"))
	if err != nil {
		return err
	}
	body, object, err := store.Open(r.PathValue("key"))
	if err != nil {
		return err
	}
	defer body.Close()
	h := w.Header()
	h.Set("Content-Type", object.ContentType)
	h.Set("Content-Length", strconv.FormatInt(object.Size, 10))
	h.Set("Last-Modified", object.LastModified.UTC().Format(http.TimeFormat))
	if object.ETag != "" {
		h.Set("ETag", strconv.Quote(strings.Trim(object.ETag, `"`)))
	}
	// What somebody uploaded must not run as a page of the admin API's own host.
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	if r.Method == http.MethodHead {
		return nil
	}
	if _, err := io.Copy(&download{to: w, control: http.NewResponseController(w)}, body); err != nil {
		if r.Context().Err() == nil {
			s.log.Warn("object not sent whole", "path", r.URL.Path, "error", err)
		}
		panic(http.ErrAbortHandler) // too late for an answer: break the connection off
	}
	return nil
}

// download is an answer that may take as long as its client keeps taking it.
type download struct {
	to      io.Writer
	control *http.ResponseController
}

func (d *download) Write(p []byte) (int, error) {
	_ = d.control.SetWriteDeadline(time.Now().Add(transfer)) // not every connection has deadlines
	return d.to.Write(p)
}

func (s *Server) deleteObject(r *http.Request) (answer, error) {
	q, err := parameters(r, "service")
	if err != nil {
		return answer{}, err
	}
	v, store, err := s.objectStore(r, q.Get("service"))
	if err != nil {
		return answer{}, err
	}
	key := r.PathValue("key")
	removed, err := store.Delete(key)
	if err != nil {
		return answer{}, err
	}
	if !removed {
		return answer{}, &catalog.Error{Code: catalog.CodeNotFound, Message: fmt.Sprintf("there is no object %q", catalog.Clip(key))}
	}
	return ok(struct {
		Key     string `json:"key"`
		Bucket  string `json:"bucket"`
		Service string `json:"service"`
		Deleted bool   `json:"deleted"`
	}{key, bucketOf(v), v.Name, true})
}
