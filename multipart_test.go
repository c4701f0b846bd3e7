package gateway_test

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"gateway"
)

func multipartRequest(contentType, body string) *gateway.Request {
	return &gateway.Request{
		Headers: http.Header{"Content-Type": {contentType}}, Body: []byte(strings.ReplaceAll(body, "\n", "\r\n")),
	}
}

const twoFiles = `--B
Content-Disposition: form-data; name="tag"

dog
--B
Content-Disposition: form-data; name="tag"

brown
--B
Content-Disposition: form-data; name="pic"; filename="../../etc/a.gif"
Content-Type: image/gif

GIF%s
--B
Content-Disposition: form-data; name="pic"; filename="b.bin"


--B--
`

func TestMultipartKeepsEverything(t *testing.T) {
	binary := "\x00\xff\r\n--Bogus"
	form, err := multipartRequest(`multipart/form-data; boundary="B"`, fmt.Sprintf(twoFiles, binary)).Multipart()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(form.Fields["tag"], []string{"dog", "brown"}) || form.Field("tag") != "dog" {
		t.Errorf("fields %v", form.Fields)
	}
	pics := form.Files["pic"]
	if len(pics) != 2 || pics[0].Filename != "a.gif" || pics[0].ContentType != "image/gif" ||
		!bytes.Equal(pics[0].Data, []byte("GIF"+strings.ReplaceAll(binary, "\n", "\r\n"))) {
		t.Errorf("first file %+v", pics[0])
	}
	if pics[1].ContentType != "" || len(pics[1].Data) != 0 || form.File("pic") != pics[0] {
		t.Errorf("second file %+v", pics[1])
	}
}

func TestMultipartIsBoundedAndChecked(t *testing.T) {
	const good = `multipart/form-data; boundary=B`
	body := fmt.Sprintf(twoFiles, "")
	for name, c := range map[string]struct {
		contentType, body string
		limits            gateway.MultipartLimits
		status            int
	}{
		"within all limits":  {good, body, gateway.MultipartLimits{Parts: 4, FieldSize: 5, FileSize: 3}, 0},
		"too many parts":     {good, body, gateway.MultipartLimits{Parts: 3}, 413},
		"a field too large":  {good, body, gateway.MultipartLimits{FieldSize: 4}, 413},
		"a file too large":   {good, body, gateway.MultipartLimits{FileSize: 2}, 413},
		"another type":       {"application/json", body, gateway.MultipartLimits{}, 415},
		"no type":            {"", body, gateway.MultipartLimits{}, 415},
		"no boundary":        {"multipart/form-data", body, gateway.MultipartLimits{}, 400},
		"the wrong boundary": {"multipart/form-data; boundary=C", body, gateway.MultipartLimits{}, 400},
		"cut off":            {good, body[:len(body)/2], gateway.MultipartLimits{}, 400},
		"empty":              {good, "", gateway.MultipartLimits{}, 400},
	} {
		_, err := multipartRequest(c.contentType, c.body).MultipartWithin(c.limits)
		if e := gateway.AsError(err); (e == nil) != (c.status == 0) || e != nil && e.Status != c.status {
			t.Errorf("%s: %v, want status %d", name, err, c.status)
		}
	}
}

func TestMultipartRequireNamesWhatIsMissing(t *testing.T) {
	form := &gateway.Multipart{}
	if _, err := form.RequireField("a"); gateway.AsError(err).Message != `missing form field "a"` {
		t.Error(err)
	}
	if _, err := form.RequireFile("b"); gateway.AsError(err).Message != `missing file "b"` {
		t.Error(err)
	}
	if form.File("b") != nil || form.Field("a") != "" {
		t.Error("an empty form has something")
	}
}

// FuzzMultipart decodes any body. It must not fail in another way than with an error of the SDK.
func FuzzMultipart(f *testing.F) {
	f.Add("multipart/form-data; boundary=B", strings.ReplaceAll(fmt.Sprintf(twoFiles, "x"), "\n", "\r\n"))
	f.Add("multipart/form-data; boundary=", "--\r\n")
	f.Fuzz(func(t *testing.T, contentType, body string) {
		req := &gateway.Request{Headers: http.Header{"Content-Type": {contentType}}, Body: []byte(body)}
		form, err := req.Multipart()
		if err == nil && form == nil {
			t.Fatal("neither a form nor an error")
		}
		if e := gateway.AsError(err); e != nil && e.Status != 400 && e.Status != 413 && e.Status != 415 {
			t.Fatalf("status %d: %v", e.Status, err)
		}
	})
}
