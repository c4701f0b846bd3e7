package main

import (
	"encoding/json"
	"io"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/logger"
	"github.com/gofiber/fiber/v2/middleware/requestid"
	"github.com/gofiber/fiber/v2/middleware/timeout"
)

// handler is one handler in its two forms.
type handler struct {
	name, method, path string
	body               string
	want               string // the answer of both
	script             string
	native             fiber.Handler
}

type order struct {
	Customer string `json:"customer"`
	Lines    []line `json:"lines"`
}

type line struct {
	Product  string  `json:"product"`
	Quantity int     `json:"quantity"`
	Price    float64 `json:"price"`
}

type invoice struct {
	Customer string  `json:"customer"`
	Items    int     `json:"items"`
	Total    float64 `json:"total"`
	First    line    `json:"first"`
}

// handlers are measured in this order. Each script is its native form, word for
// word where the two SDKs allow.
var handlers = []handler{
	{
		name: "hello", method: "GET", path: "/hello",
		want: `{"message":"Hello, World!"}`,
		script: `package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	return gateway.OK(map[string]string{"message": "Hello, World!"}), nil
}
`,
		native: func(c *fiber.Ctx) error {
			return c.JSON(map[string]string{"message": "Hello, World!"})
		},
	},
	{
		name: "json", method: "POST", path: "/orders",
		body: `{"customer":"Ada","lines":[{"product":"axe","quantity":1,"price":31.5},{"product":"ball","quantity":10,"price":4},{"product":"chisel","quantity":2,"price":12.25},{"product":"doll","quantity":1,"price":19.99},{"product":"drill","quantity":1,"price":89}]}`,
		want: `{"customer":"Ada","items":15,"total":204.99,"first":{"product":"axe","quantity":1,"price":31.5}}`,
		script: `package handler

import "gateway"

type order struct {
	Customer string ` + "`json:\"customer\"`" + `
	Lines    []line ` + "`json:\"lines\"`" + `
}

type line struct {
	Product  string  ` + "`json:\"product\"`" + `
	Quantity int     ` + "`json:\"quantity\"`" + `
	Price    float64 ` + "`json:\"price\"`" + `
}

type invoice struct {
	Customer string  ` + "`json:\"customer\"`" + `
	Items    int     ` + "`json:\"items\"`" + `
	Total    float64 ` + "`json:\"total\"`" + `
	First    line    ` + "`json:\"first\"`" + `
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	var o order
	if err := req.JSON(&o); err != nil {
		return nil, err
	}
	inv := invoice{Customer: o.Customer}
	for _, l := range o.Lines {
		inv.Items += l.Quantity
		inv.Total += float64(l.Quantity) * l.Price
	}
	inv.First = o.Lines[0]
	return gateway.OK(inv), nil
}
`,
		native: func(c *fiber.Ctx) error {
			var o order
			if err := json.Unmarshal(c.Body(), &o); err != nil {
				return fiber.ErrBadRequest
			}
			inv := invoice{Customer: o.Customer}
			for _, l := range o.Lines {
				inv.Items += l.Quantity
				inv.Total += float64(l.Quantity) * l.Price
			}
			inv.First = o.Lines[0]
			return c.JSON(inv)
		},
	},
}

// equippedPrefix is below what the native handlers are served with a request id, a log
// line that is formatted and dropped, and a deadline. Metrics are left out: Fiber has
// no middleware that counts per route.
const equippedPrefix = "/equipped"

// serveNative serves the native forms, and selects where there is a file for them.
func serveNative(address, sqlite string) error {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	equipped := app.Group(equippedPrefix, requestid.New(), logger.New(logger.Config{
		Format: "${time} ${locals:requestid} ${ip} ${method} ${path} ${status} ${latency} ${bytesReceived} ${bytesSent}\n",
		Output: io.Discard,
	}))
	for _, h := range handlers {
		app.Add(h.method, h.path, h.native)
		equipped.Add(h.method, h.path, timeout.NewWithContext(h.native, 30*time.Second))
	}
	if sqlite != "" {
		if err := serveSelects(app, sqlite); err != nil {
			return err
		}
	}
	return app.Listen(address)
}
