package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"
)

type recorder struct {
	http.ResponseWriter
	status, size int
	order        []string
}

func (r *recorder) WriteHeader(code int) {
	r.order = append(r.order, fmt.Sprint("header ", code))
	if r.status == 0 {
		r.status = code
	}
	r.ResponseWriter.WriteHeader(code)
}

func (r *recorder) Write(p []byte) (int, error) {
	if r.status == 0 {
		r.WriteHeader(200)
	}
	n, err := r.ResponseWriter.Write(p)
	r.size += n
	return n, err
}

func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

type gzipWriter struct {
	http.ResponseWriter
	io.Writer
}

func (g gzipWriter) Write(p []byte) (int, error) { return g.Writer.Write(p) }

type buffered struct {
	bytes.Buffer
	header http.Header
	code   int
}

func (b *buffered) Header() http.Header { return b.header }

func (b *buffered) WriteHeader(code int) { b.code = code }

func compress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Add("Vary", "Accept-Encoding")
		gz := gzip.NewWriter(w)
		defer gz.Close()
		next.ServeHTTP(gzipWriter{w, gz}, r)
	})
}

func etag(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b := &buffered{header: w.Header(), code: 200}
		next.ServeHTTP(b, r)
		tag := fmt.Sprintf("%q", fmt.Sprintf("%x", sha256.Sum256(b.Bytes()))[:8])
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.WriteHeader(b.code)
		b.WriteTo(w)
	})
}

func stream(w http.ResponseWriter, r *http.Request) {
	rc := http.NewResponseController(w)
	for i := range 3 {
		fmt.Fprintf(w, "data: %d\n\n", i)
		if err := rc.Flush(); err != nil {
			fmt.Fprint(w, err)
			return
		}
	}
	err := rc.SetWriteDeadline(time.Now())
	fmt.Fprint(w, errors.Is(err, http.ErrNotSupported))
}

func main() {
	hello := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		io.WriteString(w, strings.Repeat("hello ", 20))
	})
	req := httptest.NewRequest("GET", "/", nil)
	req.Header.Set("Accept-Encoding", "br, gzip")
	rec := httptest.NewRecorder()
	compress(hello).ServeHTTP(rec, req)
	zr, err := gzip.NewReader(rec.Body)
	text, _ := io.ReadAll(zr)
	fmt.Println(err, len(text), rec.Header())
	rec = httptest.NewRecorder()
	etag(hello).ServeHTTP(rec, req)
	tag := rec.Header().Get("Etag")
	fmt.Println(rec.Code, len(tag), rec.Body.Len())
	req.Header.Set("If-None-Match", tag)
	rec = httptest.NewRecorder()
	etag(hello).ServeHTTP(rec, req)
	fmt.Println(rec.Code, rec.Body.Len())
	rec = httptest.NewRecorder()
	w := &recorder{ResponseWriter: rec}
	stream(w, req)
	fmt.Printf("%q %v %d %v %v\n", rec.Body, rec.Flushed, w.size, w.order, w.status)
	w = &recorder{ResponseWriter: httptest.NewRecorder()}
	http.Redirect(w, req, "/elsewhere?a=b", http.StatusSeeOther)
	fmt.Println(w.status, w.Header().Get("Location"))
	http.SetCookie(w, &http.Cookie{Name: "s", Value: "a b", Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, MaxAge: 60})
	fmt.Println(w.Header()["Set-Cookie"])
	rec = httptest.NewRecorder()
	http.ServeContent(rec, httptest.NewRequest("GET", "/f.txt", nil), "f.txt", time.Unix(1e9, 0), strings.NewReader("content"))
	fmt.Println(rec.Code, rec.Header().Get("Last-Modified"), rec.Header().Get("Content-Length"), rec.Body)
	ranged := httptest.NewRequest("GET", "/f.txt", nil)
	ranged.Header.Set("Range", "bytes=2-4")
	rec = httptest.NewRecorder()
	http.ServeContent(rec, ranged, "f.txt", time.Time{}, strings.NewReader("content"))
	fmt.Println(rec.Code, rec.Header().Get("Content-Range"), rec.Body)
}

// Output:
// <nil> 120 map[Content-Encoding:[gzip] Content-Type:[text/plain] Vary:[Accept-Encoding]]
// 200 10 120
// 304 0
// "data: 0\n\ndata: 1\n\ndata: 2\n\ntrue" true 31 [header 200] 200
// 303 /elsewhere?a=b
// [s="a b"; Path=/; Max-Age=60; HttpOnly; SameSite=Lax]
// 200 Sun, 09 Sep 2001 01:46:40 GMT 7 content
// 206 bytes 2-4/7 nte
