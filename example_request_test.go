package gateway_test

import (
	"fmt"
	"net/http"
	"net/url"

	"gateway"
)

func ExampleRequest() {
	handle := func(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
		return gateway.OK(map[string]string{
			"method": req.Method,
			"path":   req.Path,
			"pet":    req.Params["id"],
			"client": req.ClientIP,
		}), nil
	}
	// A test makes the request that the gateway would make.
	req := &gateway.Request{Method: "GET", Path: "/pets/7", Params: map[string]string{"id": "7"}, ClientIP: "192.0.2.1"}
	res, err := handle(nil, req)
	fmt.Println(string(res.Body), err)
	// Output: {"client":"192.0.2.1","method":"GET","path":"/pets/7","pet":"7"} <nil>
}

func ExampleRequest_JSON() {
	var pet struct {
		Name string `json:"name"`
		Age  int    `json:"age"`
	}
	for _, body := range []string{`{"name": "Rex", "age": 3}`, `{"name": "Rex",}`, `{"age": "three"}`, ``} {
		req := &gateway.Request{Body: []byte(body)}
		if err := req.JSON(&pet); err != nil {
			fmt.Println(gateway.AsError(err).Message) // what the client reads when err is returned
			continue
		}
		fmt.Println(pet.Name, pet.Age)
	}
	// Output:
	// Rex 3
	// invalid JSON at line 1, column 16: invalid character '}' looking for beginning of object key string
	// invalid JSON: field "age" cannot be a string
	// the request body is empty: send JSON
}

func ExampleRequest_Text() {
	req := &gateway.Request{Body: []byte("plain words")}
	fmt.Println(req.Text())
	// Output: plain words
}

func ExampleRequest_Form() {
	req := &gateway.Request{
		Headers: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}},
		Body:    []byte("name=Rex&tag=dog&tag=brown"),
	}
	form, err := req.Form()
	fmt.Println(form.Get("name"), form["tag"], err)
	// Output: Rex [dog brown] <nil>
}

func ExampleRequest_QueryParam() {
	req := &gateway.Request{Query: url.Values{"sort": {"name"}}}
	fmt.Printf("%q %q\n", req.QueryParam("sort"), req.QueryParam("filter"))
	// Output: "name" ""
}

func ExampleRequest_QueryInt() {
	req := &gateway.Request{Query: url.Values{"page": {"2"}, "limit": {"many"}}}
	fmt.Println(req.QueryInt("page", 1), req.QueryInt("limit", 20))
	// Output: 2 20
}

func ExampleRequest_QueryFloat() {
	req := &gateway.Request{Query: url.Values{"max_price": {"9.99"}}}
	fmt.Println(req.QueryFloat("max_price", 100), req.QueryFloat("min_price", 0))
	// Output: 9.99 0
}

func ExampleRequest_QueryBool() {
	req := &gateway.Request{Query: url.Values{"deep": {""}, "dry_run": {"false"}}} // ?deep&dry_run=false
	fmt.Println(req.QueryBool("deep", false), req.QueryBool("dry_run", true), req.QueryBool("force", false))
	// Output: true false false
}

func ExampleRequest_RequireQuery() {
	req := &gateway.Request{Query: url.Values{"q": {"go"}}}
	q, err := req.RequireQuery("q")
	fmt.Println(q, err)
	_, err = req.RequireQuery("lang")
	fmt.Println(err)
	// Output:
	// go <nil>
	// missing query parameter "lang"
}

func ExampleRequest_RequireQueryInt() {
	handle := func(req *gateway.Request) (*gateway.Response, error) {
		page, err := req.RequireQueryInt("page")
		if err != nil {
			return nil, err // 400, and the client reads why
		}
		return gateway.OK(page), nil
	}
	_, err := handle(&gateway.Request{Query: url.Values{"page": {"two"}}})
	fmt.Println(gateway.AsError(err).Status, err)
	// Output: 400 query parameter "page" must be a whole number, not "two"
}

func ExampleRequest_RequireQueryFloat() {
	req := &gateway.Request{Query: url.Values{"lat": {"52.5"}}}
	fmt.Println(req.RequireQueryFloat("lat"))
	// Output: 52.5 <nil>
}

func ExampleRequest_RequireQueryBool() {
	req := &gateway.Request{Query: url.Values{"confirm": {"yes"}}}
	_, err := req.RequireQueryBool("confirm")
	fmt.Println(err)
	// Output: query parameter "confirm" must be true or false, not "yes"
}

func ExampleRequest_PathParam() {
	req := &gateway.Request{Params: map[string]string{"slug": "hello-world"}} // of the route /blog/{slug}
	fmt.Println(req.PathParam("slug"))
	// Output: hello-world
}

func ExampleRequest_PathInt() {
	req := &gateway.Request{Params: map[string]string{"page": "3"}}
	fmt.Println(req.PathInt("page", 1), req.PathInt("size", 10))
	// Output: 3 10
}

func ExampleRequest_PathFloat() {
	req := &gateway.Request{Params: map[string]string{"zoom": "1.5"}}
	fmt.Println(req.PathFloat("zoom", 1))
	// Output: 1.5
}

func ExampleRequest_RequirePath() {
	req := &gateway.Request{Params: map[string]string{"id": "7"}}
	fmt.Println(req.RequirePath("id"))
	// Output: 7 <nil>
}

func ExampleRequest_RequirePathInt() {
	req := &gateway.Request{Params: map[string]string{"id": "seven"}}
	_, err := req.RequirePathInt("id")
	fmt.Println(err)
	// Output: path parameter "id" must be a whole number, not "seven"
}

func ExampleRequest_RequirePathFloat() {
	req := &gateway.Request{Params: map[string]string{"lon": "13.4"}}
	fmt.Println(req.RequirePathFloat("lon"))
	// Output: 13.4 <nil>
}

func ExampleRequest_Header() {
	req := &gateway.Request{Headers: http.Header{"X-Api-Version": {"2"}}}
	fmt.Println(req.Header("x-api-version"))
	// Output: 2
}

func ExampleRequest_RequireHeader() {
	_, err := (&gateway.Request{}).RequireHeader("X-Signature")
	fmt.Println(err)
	// Output: missing header "X-Signature"
}

func ExampleRequest_Cookie() {
	req := &gateway.Request{Headers: http.Header{"Cookie": {"theme=dark; session=abc"}}}
	fmt.Printf("%q %q\n", req.Cookie("session"), req.Cookie("other"))
	// Output: "abc" ""
}

func ExampleRequest_IsMethod() {
	req := &gateway.Request{Method: "POST"}
	fmt.Println(req.IsMethod("post"), req.IsMethod("GET"))
	// Output: true false
}

func ExampleRequest_ContentType() {
	req := &gateway.Request{Headers: http.Header{"Content-Type": {"text/csv; charset=utf-8"}}}
	fmt.Println(req.ContentType())
	// Output: text/csv; charset=utf-8
}

func ExampleRequest_IsJSON() {
	req := &gateway.Request{Headers: http.Header{"Content-Type": {"application/problem+json"}}}
	fmt.Println(req.IsJSON())
	// Output: true
}

func ExampleRequest_IsMultipart() {
	req := &gateway.Request{Headers: http.Header{"Content-Type": {"multipart/form-data; boundary=x"}}}
	fmt.Println(req.IsMultipart())
	// Output: true
}

func ExampleRequest_BearerToken() {
	req := &gateway.Request{Headers: http.Header{"Authorization": {"Bearer s3cret"}}}
	if req.BearerToken() == "" {
		fmt.Println(gateway.ErrUnauthorized)
		return
	}
	fmt.Println(req.BearerToken())
	// Output: s3cret
}
