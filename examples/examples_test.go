package examples_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"gateway"
	errorhandling "gateway/examples/error-handling"
	hello "gateway/examples/hello"
	htmlpage "gateway/examples/html-page"
	jsonapi "gateway/examples/json-api"
	orders "gateway/examples/orders"
	pathparameters "gateway/examples/path-parameters"
	queryparameters "gateway/examples/query-parameters"
	quickstart "gateway/examples/quickstart"
	webhook "gateway/examples/webhook"
	"gateway/interp"
	"gateway/interp/check"
)

type handle = func(*gateway.Context, *gateway.Request) (*gateway.Response, error)

// TestExamples answers the same requests with each example compiled by Go and
// interpreted, and holds the interpreted answer against the compiled one and against
// what its page says.
func TestExamples(t *testing.T) {
	bearer := http.Header{"Authorization": {"Bearer invited"}}
	tests := []struct {
		name    string
		request gateway.Request
		status  int
		body    string // part of it
	}{
		{"hello", gateway.Request{}, 200, `{"message":"Hello, World!"}`},
		{"quickstart", gateway.Request{Path: "/hello"}, 200, `{"message":"Hello from the gateway!","path":"/hello","method":"GET"}`},
		{"quickstart", gateway.Request{Path: "/hello", Query: query("verbose"), RequestID: "r1"}, 200, `"request_id":"r1"`},

		{"json-api", gateway.Request{Body: []byte(`{"name": "Widget", "description": "A useful widget", "price": 19.99}`)}, 201,
			`"name":"Widget","description":"A useful widget","price":19.99,"created_at":`},
		{"json-api", gateway.Request{Body: []byte(`{"name": " ", "price": -1}`)}, 400, `invalid item: name is required; price must not be negative`},
		{"json-api", gateway.Request{Body: []byte("{\n\"name\": }")}, 400, `invalid JSON at line 2, column 9`},
		{"json-api", gateway.Request{Body: []byte(`{"name": 7}`)}, 400, `field \"name\" cannot be a number`},
		{"json-api", gateway.Request{}, 400, `the request body is empty`},

		{"path-parameters", gateway.Request{Params: map[string]string{"user_id": "42", "post_id": "7"}}, 200, `{"post_id":7,"user_id":"42"}`},
		{"path-parameters", gateway.Request{Params: map[string]string{"user_id": "42", "post_id": "x"}}, 400, `must be a whole number`},

		{"query-parameters", gateway.Request{Query: query("category=tools&sort=price&order=desc&limit=2")}, 200,
			`{"page":1,"limit":2,"total":3,"items":[{"name":"Drill","category":"tools","price":89},{"name":"Axe","category":"tools","price":31.5}]}`},
		{"query-parameters", gateway.Request{Query: query("q=l&page=2&limit=2")}, 200, `"page":2,"limit":2,"total":4`},
		{"query-parameters", gateway.Request{Query: query("include_deleted=true&min_price=100")}, 200, `"deleted":true`},
		{"query-parameters", gateway.Request{Query: query("sort=colour")}, 400, `sort must be category, name or price, not \"colour\"`},
		{"query-parameters", gateway.Request{Query: query("limit=1000")}, 400, `limit must be between 1 and 100`},

		{"error-handling", gateway.Request{}, 401, `bearer token`},
		{"error-handling", gateway.Request{Headers: bearer, Body: user("ada@example.com", "correct horse", "Ada")}, 201, `{"email":"ada@example.com","name":"Ada"}`},
		{"error-handling", gateway.Request{Headers: bearer, Body: user("nobody", "correct horse", "Ada")}, 400, `email is not an address`},
		{"error-handling", gateway.Request{Headers: bearer, Body: user("ada@example.com", "short", "Ada")}, 400, `password must have`},
		{"error-handling", gateway.Request{Headers: bearer, Body: user("taken@example.com", "correct horse", "Ada")}, 409, `already registered`},
		{"error-handling", gateway.Request{Headers: bearer, Body: user("broken@example.com", "correct horse", "Ada")}, 500, `{"error":"internal server error","code":"internal_error"}`},

		{"orders", gateway.Request{Body: []byte(`[{"id":"a1","customer":"ada","status":"paid","total":"19.99"},{"id":"a2","customer":"bob","status":"pending","total":"5.01"},{"id":"a3","customer":"ada","status":"paid","total":"0.50"}]`)}, 200,
			`{"customers":[{"name":"ada","orders":2,"spent":"20.49","best":{"id":"a1","customer":"ada","status":"paid","total":"19.99"}}],"by_status":{"paid":"20.49","pending":"5.01"}}`},
		{"orders", gateway.Request{Body: []byte(`[{"id":"a1","total":"1.5"}]`)}, 400, `total: \"1.5\" is no amount`},
		{"orders", gateway.Request{Body: []byte(`[{"id":"a1","status":"lost"}]`)}, 400, `the status is pending, paid or cancelled`},
		{"orders", gateway.Request{Body: []byte(`[{"id":" "}]`)}, 400, `order 1 has no id`},
		{"orders", gateway.Request{Body: []byte(`{}`)}, 400, `send a list of orders`},

		{"webhook", signed(`{"type":"push","id":"e1","data":{"branch":"main","commits":["c1","c2"],"forced":true}}`), 200,
			`{"id":"e1","summary":"2 commits on main","actions":["build c2","build c1","warn the owners of main"]}`},
		{"webhook", signed(`{"type":"release","id":"e2","data":{"version":"1.2"}}`), 200, `"summary":"version 1.2","actions":["announce 1.2"]`},
		{"webhook", signed(`{"type":"ping","id":"e3"}`), 200, `{"id":"e3","summary":"ping"}`},
		{"webhook", signed(`{"type":"star"}`), 202, `{"ignored":"star"}`},
		{"webhook", signed(`{"type":"push","data":{"commits":7}}`), 400, `data of push: json: cannot unmarshal number into Go struct field Push.commits`},
		{"webhook", gateway.Request{Body: []byte(`{"type":"ping"}`)}, 401, `the signature does not fit the body`},

		{"html-page", gateway.Request{}, 200, `<li title="vegan">Soup &lt;of the day&gt; 4.50 €</li>`},
		{"html-page", gateway.Request{}, 200, `<li title=""><s>Fish &amp; chips</s></li>`},
		{"html-page", gateway.Request{Query: query("tag=hot")}, 200, "<h1>Menu for HOT</h1>\n<ul>\n<li title=\"vegan, hot\">Curry 9.90 €</li>\n</ul>"},
	}
	compiled := map[string]handle{
		"hello": func(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
			return hello.Handle(ctx, req), nil
		},
		"quickstart":       quickstart.Handle,
		"json-api":         jsonapi.Handle,
		"path-parameters":  pathparameters.Handle,
		"query-parameters": queryparameters.Handle,
		"error-handling":   errorhandling.Handle,
		"orders":           orders.Handle,
		"webhook":          webhook.Handle,
		"html-page":        htmlpage.Handle,
	}
	interpreted := map[string]handle{}
	for name := range compiled {
		interpreted[name] = load(t, name)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.request.Method = "GET"
			want := answer(compiled[tt.name], tt.request)
			got := answer(interpreted[tt.name], tt.request)
			if got.Status != tt.status || !strings.Contains(string(got.Body), tt.body) {
				t.Errorf("answer %d %s, want %d with %s", got.Status, got.Body, tt.status, tt.body)
			}
			if got.Status != want.Status || stable(got) != stable(want) || !reflect.DeepEqual(names(got.Headers), names(want.Headers)) {
				t.Errorf("answer %d %v %s\ncompiled %d %v %s", got.Status, got.Headers, got.Body, want.Status, want.Headers, want.Body)
			}
		})
	}
}

// load makes the interpreted handler of an example.
func load(t *testing.T, name string) handle {
	t.Helper()
	code, err := os.ReadFile(name + "/handler.go")
	if err != nil {
		t.Fatal(err)
	}
	engine, err := interp.New(interp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	src := check.Source{Name: name, Files: []check.File{{Name: name + "/handler.go", Code: string(code)}}}
	program, err := engine.Compile(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	instance, err := program.Load(t.Context(), interp.LoadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := instance.Close(context.Background()); err != nil {
			t.Error(err)
		}
		if err := engine.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return func(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
		result, err := instance.Call(ctx, interp.Call{Request: req})
		if err != nil {
			return nil, err
		}
		defer result.Release()
		return result.Response, nil
	}
}

// answer is what a client gets.
func answer(h handle, req gateway.Request) *gateway.Response {
	res, err := h(gateway.NewContext(context.Background(), nil, req.RequestID), &req)
	if err != nil {
		return gateway.ErrorResponse(err)
	}
	return res
}

var changing = regexp.MustCompile(`"(id|created_at)":"[^"]*"`)

// stable is a body without what differs from call to call.
func stable(res *gateway.Response) string { return changing.ReplaceAllString(string(res.Body), `"$1"`) }

func names(h http.Header) map[string]int {
	n := map[string]int{}
	for name, values := range h {
		n[name] = len(values)
	}
	return n
}

func query(q string) url.Values {
	v, err := url.ParseQuery(q)
	if err != nil {
		panic(err)
	}
	return v
}

// signed is a webhook with its signature.
func signed(body string) gateway.Request {
	mac := hmac.New(sha256.New, []byte("example"))
	mac.Write([]byte(body))
	signature := "sha256=" + hex.EncodeToString(mac.Sum(nil))
	return gateway.Request{Body: []byte(body), Headers: http.Header{"X-Signature": {signature}}}
}

func user(email, password, name string) []byte {
	return []byte(`{"email":"` + email + `","password":"` + password + `","name":"` + name + `"}`)
}
