// A log line that ends the process.
//
// Outcome: refused log.Fatal
package handler

import (
	"log"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	log.Fatal("bye")
	return gateway.Text(200, "answered"), nil
}
