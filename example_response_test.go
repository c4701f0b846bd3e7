package gateway_test

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"gateway"
)

// show prints what a client would see of a response.
func show(r *gateway.Response) {
	fmt.Printf("%d %s %s\n", r.Status, r.Headers.Get("Content-Type"), r.Body)
}

func ExampleResponse() {
	r := &gateway.Response{Status: 200, Headers: http.Header{"Content-Type": {"text/csv"}}, Body: []byte("a,b\n1,2")}
	show(r)
	// Output:
	// 200 text/csv a,b
	// 1,2
}

func ExampleNew() {
	r := gateway.New(http.StatusTeapot).WithBody("short and stout")
	fmt.Println(r.Status, string(r.Body))
	// Output: 418 short and stout
}

func ExampleJSON() {
	show(gateway.JSON(http.StatusMultiStatus, []int{200, 404}))
	// Output: 207 application/json [200,404]
}

func ExampleText() {
	show(gateway.Text(http.StatusOK, "hello"))
	// Output: 200 text/plain; charset=utf-8 hello
}

func ExampleHTML() {
	show(gateway.HTML(http.StatusOK, "<h1>hello</h1>"))
	// Output: 200 text/html; charset=utf-8 <h1>hello</h1>
}

func ExampleBinary() {
	show(gateway.Binary(http.StatusOK, []byte("GIF89a"), "image/gif"))
	// Output: 200 image/gif GIF89a
}

func ExampleRedirect() {
	r := gateway.Redirect(http.StatusSeeOther, "/pets/7")
	fmt.Println(r.Status, r.Headers.Get("Location"))
	// Output: 303 /pets/7
}

func ExampleOK() {
	show(gateway.OK(map[string]string{"message": "hello"}))
	// Output: 200 application/json {"message":"hello"}
}

func ExampleCreated() {
	r := gateway.Created(map[string]int{"id": 7}).WithHeader("Location", "/pets/7")
	show(r)
	// Output: 201 application/json {"id":7}
}

func ExampleAccepted() {
	show(gateway.Accepted(map[string]string{"job": "42"}))
	// Output: 202 application/json {"job":"42"}
}

func ExampleNoContent() {
	fmt.Println(gateway.NoContent().Status)
	// Output: 204
}

func ExampleBadRequest() {
	show(gateway.BadRequest("age must not be negative"))
	// Output: 400 application/json {"error":"age must not be negative","code":"bad_request"}
}

func ExampleUnauthorized() {
	show(gateway.Unauthorized("log in first").WithHeader("WWW-Authenticate", "Bearer"))
	// Output: 401 application/json {"error":"log in first","code":"unauthorized"}
}

func ExampleForbidden() {
	show(gateway.Forbidden("this is not your pet"))
	// Output: 403 application/json {"error":"this is not your pet","code":"forbidden"}
}

func ExampleNotFound() {
	show(gateway.NotFound("no such pet"))
	// Output: 404 application/json {"error":"no such pet","code":"not_found"}
}

func ExampleConflict() {
	show(gateway.Conflict("the name is taken"))
	// Output: 409 application/json {"error":"the name is taken","code":"conflict"}
}

func ExampleInternalError() {
	show(gateway.InternalError("the report cannot be made"))
	// Output: 500 application/json {"error":"the report cannot be made","code":"internal_error"}
}

func ExampleServiceUnavailable() {
	show(gateway.ServiceUnavailable("closed for today").WithHeader("Retry-After", "3600"))
	// Output: 503 application/json {"error":"closed for today","code":"service_unavailable"}
}

func ExampleErrorResponse() {
	show(gateway.ErrorResponse(gateway.ErrNotFound.New("no such pet")))
	show(gateway.ErrorResponse(errors.New("connection to 10.0.0.5 refused"))) // stays inside
	// Output:
	// 404 application/json {"error":"no such pet","code":"not_found"}
	// 500 application/json {"error":"internal server error","code":"internal_error"}
}

func ExampleResponse_WithStatus() {
	fmt.Println(gateway.OK("late").WithStatus(http.StatusAccepted).Status)
	// Output: 202
}

func ExampleResponse_WithHeader() {
	r := gateway.NoContent().WithHeader("X-Total", "1").WithHeader("X-Total", "2")
	fmt.Println(r.Headers["X-Total"])
	// Output: [2]
}

func ExampleResponse_AddHeader() {
	r := gateway.NoContent().AddHeader("Vary", "Accept").AddHeader("Vary", "Origin")
	fmt.Println(r.Headers["Vary"])
	// Output: [Accept Origin]
}

func ExampleResponse_WithBody() {
	r := gateway.New(http.StatusOK).WithHeader("Content-Type", "application/xml").WithBody("<ok/>")
	show(r)
	// Output: 200 application/xml <ok/>
}

func ExampleResponse_WithCookie() {
	r := gateway.NoContent().WithCookie(&http.Cookie{Name: "session", Value: "abc", Path: "/", HttpOnly: true})
	fmt.Println(r.Headers.Get("Set-Cookie"))
	// Output: session=abc; Path=/; HttpOnly
}

func ExampleResponse_WithCORS() {
	r := gateway.OK("public").WithCORS("https://app.example.com")
	fmt.Println(r.Headers.Get("Access-Control-Allow-Origin"), r.Headers.Get("Vary"))
	// Output: https://app.example.com Origin
}

func ExampleResponse_WithCache() {
	fmt.Println(gateway.OK("stable").WithCache(time.Hour).Headers.Get("Cache-Control"))
	fmt.Println(gateway.OK("secret").WithCache(0).Headers.Get("Cache-Control"))
	// Output:
	// public, max-age=3600
	// no-store
}

func ExampleResponse_Err() {
	r := gateway.OK(func() {}) // a function has no JSON
	fmt.Println(r.Status, r.Err())
	// Output: 500 encode the response as JSON: json: unsupported type: func()
}
