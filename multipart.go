package gateway

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
)

// MultipartLimits bounds what [Request.MultipartWithin] accepts. A zero field
// takes its default.
type MultipartLimits struct {
	Parts     int   // fields and files together; 1,000
	FieldSize int64 // bytes of one field; 1 MiB
	FileSize  int64 // bytes of one file; no limit but that of the body
}

// Multipart is a decoded multipart/form-data body.
type Multipart struct {
	Fields map[string][]string         // values by field name, in the order sent
	Files  map[string][]*MultipartFile // files by field name, in the order sent
}

// MultipartFile is one uploaded file.
type MultipartFile struct {
	Filename    string // base name as the client sent it: never use it as a path unchecked
	ContentType string // as the client declared it; may be empty
	Data        []byte
}

// Multipart decodes a multipart/form-data body within the default limits.
func (r *Request) Multipart() (*Multipart, error) {
	return r.MultipartWithin(MultipartLimits{})
}

// MultipartWithin decodes a multipart/form-data body. A body of another type is
// an [Error] with status 415, a malformed one 400, one beyond a limit 413.
func (r *Request) MultipartWithin(limits MultipartLimits) (*Multipart, error) {
	if limits.Parts <= 0 {
		limits.Parts = 1000
	}
	if limits.FieldSize <= 0 {
		limits.FieldSize = 1 << 20
	}
	if limits.FileSize <= 0 {
		limits.FileSize = int64(len(r.Body))
	}
	if !r.IsMultipart() {
		return nil, ErrUnsupportedMedia.Newf("the body must be multipart/form-data, not %q", r.mediaType())
	}
	_, params, err := mime.ParseMediaType(r.ContentType())
	if err != nil || params["boundary"] == "" {
		return nil, ErrBadRequest.New("the Content-Type header of a multipart body needs a boundary")
	}
	form := &Multipart{Fields: map[string][]string{}, Files: map[string][]*MultipartFile{}}
	reader := multipart.NewReader(bytes.NewReader(r.Body), params["boundary"])
	for parts := 0; ; parts++ {
		part, err := reader.NextPart()
		// The end is io.EOF, but so is a body that is cut off within a part's header.
		if err == io.EOF && bytes.Contains(r.Body, []byte("--"+params["boundary"]+"--")) {
			return form, nil
		}
		if err != nil {
			return nil, ErrBadRequest.Wrap(err, "invalid multipart body: "+err.Error())
		}
		if parts == limits.Parts {
			return nil, ErrPayloadTooLarge.Newf("the multipart body has more than %d parts", limits.Parts)
		}
		if err := form.add(part, limits); err != nil {
			return nil, err
		}
	}
}

func (m *Multipart) add(part *multipart.Part, limits MultipartLimits) error {
	name, limit := part.FormName(), limits.FieldSize
	if part.FileName() != "" {
		limit = limits.FileSize
	}
	data, err := io.ReadAll(io.LimitReader(part, limit+1))
	if err != nil {
		return ErrBadRequest.Wrap(err, "invalid multipart body: "+err.Error())
	}
	if int64(len(data)) > limit {
		return ErrPayloadTooLarge.Newf("part %q of the multipart body is larger than %d bytes", name, limit)
	}
	if part.FileName() == "" {
		m.Fields[name] = append(m.Fields[name], string(data))
		return nil
	}
	m.Files[name] = append(m.Files[name], &MultipartFile{
		Filename:    part.FileName(),
		ContentType: part.Header.Get("Content-Type"),
		Data:        data,
	})
	return nil
}

// Field is the first value of a text field, or "".
func (m *Multipart) Field(name string) string {
	if v := m.Fields[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// RequireField is the first value of a text field. A missing or empty one is an
// [Error] with status 400 that names it.
func (m *Multipart) RequireField(name string) (string, error) {
	return required("form field", name, m.Field(name))
}

// File is the first file of a field, or nil.
func (m *Multipart) File(name string) *MultipartFile {
	if f := m.Files[name]; len(f) > 0 {
		return f[0]
	}
	return nil
}

// RequireFile is the first file of a field. A missing one is an [Error] with
// status 400 that names it.
func (m *Multipart) RequireFile(name string) (*MultipartFile, error) {
	f := m.File(name)
	if f == nil {
		return nil, ErrBadRequest.Newf("missing file %q", name)
	}
	return f, nil
}
