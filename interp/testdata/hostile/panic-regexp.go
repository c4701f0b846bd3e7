// A panic inside compiled code.
//
// Outcome: panic regexp: Compile(`((`): error parsing regexp: missing closing ): `((`
package handler

import (
	"regexp"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	re := regexp.MustCompile("((")
	return gateway.OK(re.String()), nil
}
