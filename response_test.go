package gateway_test

import (
	"errors"
	"math"
	"net/http"
	"slices"
	"testing"
	"time"

	"gateway"
)

func TestResponsesHaveHeaders(t *testing.T) {
	for name, r := range map[string]*gateway.Response{
		"New": gateway.New(200), "JSON": gateway.OK(1), "Text": gateway.Text(200, ""), "Redirect": gateway.Redirect(302, "/"),
		"NoContent": gateway.NoContent(), "error": gateway.NotFound("x"), "Stream": gateway.Stream("a/b", nil), "Events": gateway.Events(nil),
		"unencodable": gateway.OK(math.NaN()),
	} {
		if r.Headers == nil {
			t.Errorf("%s has none", name)
		}
	}
	var bare gateway.Response // a literal has none either, and that must do
	bare.WithHeader("A", "1").AddHeader("A", "2").WithCookie(&http.Cookie{Name: "c", Value: "v"}).WithCORS("*").WithCache(time.Second)
	if !slices.Equal(bare.Headers["A"], []string{"1", "2"}) || bare.Headers.Get("Set-Cookie") != "c=v" {
		t.Errorf("headers %v", bare.Headers)
	}
}

func TestRedirectHasAStatusThatRedirects(t *testing.T) {
	for given, want := range map[int]int{301: 301, 302: 302, 303: 303, 307: 307, 308: 308, 200: 302, 0: 302, 304: 302, 404: 302} {
		if r := gateway.Redirect(given, "/x"); r.Status != want || r.Headers.Get("Location") != "/x" {
			t.Errorf("%d gave %d to %q", given, r.Status, r.Headers.Get("Location"))
		}
	}
}

func TestUnencodableValuesAreErrors(t *testing.T) {
	loop := map[string]any{}
	loop["self"] = loop
	for _, v := range []any{make(chan int), math.Inf(1), loop, func() {}} {
		r := gateway.JSON(201, v)
		if r.Status != 500 || r.Err() == nil || string(r.Body) != `{"error":"internal server error","code":"serialization_error"}` {
			t.Errorf("%T: %d %s %v", v, r.Status, r.Body, r.Err())
		}
	}
	if err := gateway.OK(1).Err(); err != nil {
		t.Error(err)
	}
}

func TestCookiesThatAreNone(t *testing.T) {
	r := gateway.NoContent().WithCookie(&http.Cookie{Name: "bad name", Value: "v"})
	if len(r.Headers) != 0 {
		t.Errorf("headers %v", r.Headers)
	}
}

func TestCORS(t *testing.T) {
	r := gateway.OK(1).AddHeader("Vary", "Accept").WithCORS("https://a.example")
	if !slices.Equal(r.Headers["Vary"], []string{"Accept", "Origin"}) {
		t.Errorf("Vary: %v", r.Headers["Vary"])
	}
	if r := gateway.OK(1).WithCORS("*"); r.Headers.Get("Vary") != "" || r.Headers.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("headers %v", r.Headers)
	}
}

func TestCache(t *testing.T) {
	for age, want := range map[time.Duration]string{
		-time.Second: "no-store", 999 * time.Millisecond: "no-store", 1999 * time.Millisecond: "public, max-age=1", 24 * time.Hour: "public, max-age=86400",
	} {
		if got := gateway.OK(1).WithCache(age).Headers.Get("Cache-Control"); got != want {
			t.Errorf("%v: %s, want %s", age, got, want)
		}
	}
}

func TestErrorResponseOfNothing(t *testing.T) {
	for _, err := range []error{nil, errors.New("secret"), (*gateway.Error)(nil)} {
		r := gateway.ErrorResponse(err)
		if r.Status != 500 || string(r.Body) != `{"error":"internal server error","code":"internal_error"}` {
			t.Errorf("%v: %d %s", err, r.Status, r.Body)
		}
	}
}
