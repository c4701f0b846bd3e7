package gateway_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"

	"gateway"
)

// upload makes a request with a form of one field and one file.
func upload() *gateway.Request {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	_ = w.WriteField("title", "Rex in the park")
	file, _ := w.CreateFormFile("photo", "rex.gif")
	_, _ = file.Write([]byte("GIF89a"))
	_ = w.Close()
	return &gateway.Request{Headers: http.Header{"Content-Type": {w.FormDataContentType()}}, Body: body.Bytes()}
}

func ExampleRequest_Multipart() {
	form, err := upload().Multipart()
	if err != nil {
		fmt.Println(err)
		return
	}
	photo := form.Files["photo"][0]
	fmt.Println(form.Fields["title"], photo.Filename, photo.ContentType, len(photo.Data))
	// Output: [Rex in the park] rex.gif application/octet-stream 6
}

func ExampleRequest_MultipartWithin() {
	_, err := upload().MultipartWithin(gateway.MultipartLimits{FileSize: 5})
	fmt.Println(gateway.AsError(err).Status, err)
	// Output: 413 part "photo" of the multipart body is larger than 5 bytes
}

func ExampleMultipartLimits() {
	_, err := upload().MultipartWithin(gateway.MultipartLimits{Parts: 1, FieldSize: 100, FileSize: 1 << 20})
	fmt.Println(err)
	// Output: the multipart body has more than 1 parts
}

func ExampleMultipart() {
	form := &gateway.Multipart{Fields: map[string][]string{"tag": {"dog", "brown"}}}
	fmt.Println(form.Fields["tag"])
	// Output: [dog brown]
}

func ExampleMultipart_Field() {
	form, _ := upload().Multipart()
	fmt.Printf("%q %q\n", form.Field("title"), form.Field("other"))
	// Output: "Rex in the park" ""
}

func ExampleMultipart_RequireField() {
	form, _ := upload().Multipart()
	_, err := form.RequireField("author")
	fmt.Println(err)
	// Output: missing form field "author"
}

func ExampleMultipart_File() {
	form, _ := upload().Multipart()
	fmt.Println(form.File("photo").Filename, form.File("video") == nil)
	// Output: rex.gif true
}

func ExampleMultipart_RequireFile() {
	form, _ := upload().Multipart()
	_, err := form.RequireFile("video")
	fmt.Println(err)
	// Output: missing file "video"
}

func ExampleMultipartFile() {
	form, _ := upload().Multipart()
	photo := form.File("photo")
	fmt.Printf("%s %s\n", photo.Filename, photo.Data)
	// Output: rex.gif GIF89a
}
