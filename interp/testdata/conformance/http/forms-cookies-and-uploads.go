package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strconv"
	"strings"
)

type Signup struct {
	Name   string   `form:"name,required"`
	Age    int      `form:"age"`
	Langs  []string `form:"lang"`
	Agreed bool     `form:"agree"`
	secret string
}

func bind(form url.Values, dst any) (problems url.Values) {
	problems = url.Values{}
	v := reflect.ValueOf(dst).Elem()
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag.Get("form")
		if tag == "" {
			continue
		}
		name, opts, _ := strings.Cut(tag, ",")
		if !form.Has(name) {
			if opts == "required" {
				problems.Add(name, "is required")
			}
			continue
		}
		switch f := v.Field(i); f.Interface().(type) {
		case string:
			f.SetString(form.Get(name))
		case int:
			n, err := strconv.Atoi(form.Get(name))
			if err != nil {
				problems.Add(name, "is not a number")
			}
			f.SetInt(int64(n))
		case []string:
			f.Set(reflect.ValueOf(form[name]))
		case bool:
			f.SetBool(form.Get(name) == "on")
		}
	}
	return problems
}

func signup(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, err.Error(), 400)
		return
	}
	var s Signup
	if p := bind(r.Form, &s); len(p) > 0 {
		w.WriteHeader(422)
		fmt.Fprint(w, p.Encode())
		return
	}
	fmt.Fprintf(w, "%+v post=%v", s, r.PostForm)
}

func upload(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseMultipartForm(1 << 10); err != nil {
		fmt.Fprint(w, err, errors.Is(err, http.ErrNotMultipart))
		return
	}
	f, h, err := r.FormFile("doc")
	if err != nil {
		fmt.Fprint(w, err, err == http.ErrMissingFile)
		return
	}
	defer f.Close()
	data, _ := io.ReadAll(f)
	fmt.Fprintf(w, "%s %d %q %s %v", h.Filename, h.Size, data, h.Header.Get("Content-Type"), r.MultipartForm.Value)
}

func session(w http.ResponseWriter, r *http.Request) {
	n := 0
	if c, err := r.Cookie("visits"); err == nil {
		n, _ = strconv.Atoi(c.Value)
	} else if errors.Is(err, http.ErrNoCookie) {
		w.Header().Set("X-First", "yes")
	}
	http.SetCookie(w, &http.Cookie{Name: "visits", Value: strconv.Itoa(n + 1)})
}

func serve(h http.HandlerFunc, r *http.Request) *http.Response {
	rec := httptest.NewRecorder()
	h(rec, r)
	return rec.Result()
}

func text(res *http.Response) string {
	b, _ := io.ReadAll(res.Body)
	return fmt.Sprint(res.StatusCode, " ", strings.TrimSpace(string(b)))
}

func main() {
	post := func(body string) *http.Request {
		r := httptest.NewRequest("POST", "/signup?lang=query&age=1", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		return r
	}
	fmt.Println(text(serve(signup, post("name=Ann+Lee&age=30&lang=go&lang=c%2B%2B&agree=on&secret=x"))))
	fmt.Println(text(serve(signup, post("age=old"))))
	fmt.Println(text(serve(signup, post("name=%zz"))))
	var b bytes.Buffer
	mw := multipart.NewWriter(&b)
	mw.SetBoundary("frontier")
	mw.WriteField("note", "first")
	mw.WriteField("note", "second")
	part, _ := mw.CreateFormFile("doc", "a.txt")
	io.WriteString(part, "file body")
	mw.Close()
	r := httptest.NewRequest("POST", "/", &b)
	r.Header.Set("Content-Type", mw.FormDataContentType())
	fmt.Println(text(serve(upload, r)))
	fmt.Println(text(serve(upload, post("x=1"))))
	r = httptest.NewRequest("POST", "/", strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nv\r\n--b--\r\n"))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	fmt.Println(text(serve(upload, r)))
	var jar []*http.Cookie
	for range 3 {
		r := httptest.NewRequest("GET", "/", nil)
		for _, c := range jar {
			r.AddCookie(c)
		}
		res := serve(session, r)
		jar = res.Cookies()
		fmt.Print(jar[0].Value, res.Header.Get("X-First"), " ")
	}
	fmt.Println()
	user, pass, ok := func() (string, string, bool) {
		r := httptest.NewRequest("GET", "/", nil)
		r.SetBasicAuth("ann", "p:w")
		return r.BasicAuth()
	}()
	fmt.Println(user, pass, ok, http.StatusText(418), http.CanonicalHeaderKey("x-some-header"), http.DetectContentType([]byte("<html>")))
}

// Output:
// 200 {Name:Ann Lee Age:30 Langs:[go c++ query] Agreed:true secret:} post=map[age:[30] agree:[on] lang:[go c++] name:[Ann Lee] secret:[x]]
// 422 age=is+not+a+number&name=is+required
// 400 invalid URL escape "%zz"
// 200 a.txt 9 "file body" application/octet-stream map[note:[first second]]
// 200 request Content-Type isn't multipart/form-data true
// 200 http: no such file true
// 1yes 2 3
// ann p:w true I'm a teapot X-Some-Header text/html; charset=utf-8
